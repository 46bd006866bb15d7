<?php
/**
 * Notices what editors do with posts, and has it sent after the response.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

const PUBLIC_STATES    = array( 'publish', 'future' );
const META_BOX_SECONDS = 15; // how long a post waits for the block editor's request that saves meta boxes
// Post meta that cards depend on, which other plugins also save without saving the post.
const WATCHED_META = array( '_thumbnail_id', '_jetpack_newsletter_access', '_yoast_wpseo_opengraph-title', 'rank_math_facebook_title', '_open_graph_title' );

// This action runs after the terms, the meta and the photograph of a post are saved.
add_action( 'wp_after_insert_post', __NAMESPACE__ . '\\post_saved', 20, 4 );
add_action( 'deleted_post', __NAMESPACE__ . '\\post_deleted' );
foreach ( array( 'added_post_meta', 'updated_post_meta', 'deleted_post_meta' ) as $storycard_hook ) {
	add_action( $storycard_hook, __NAMESPACE__ . '\\meta_saved', 20, 3 );
}

/**
 * Marks a post that was saved. A draft is sent only if Storycard has to take back what was published or scheduled before.
 */
function post_saved( int $post_id, \WP_Post $post, bool $is_update, ?\WP_Post $before ): void {
	if ( in_array( $post->post_status, array( 'auto-draft', 'inherit' ), true ) ) {
		return;
	}
	$is_new = in_array( $post->post_status, PUBLIC_STATES, true ) && is_wanted( $post );
	// A post from before the plugin may have cards too, made by another road.
	$was_public = $before && in_array( $before->post_status, PUBLIC_STATES, true ) && in_array( $before->post_type, settings()['types'], true );
	// What Storycard knows is marked even without an address or a secret: it is sent as soon as they are entered again.
	if ( row( $post_id ) || ( is_configured() && ( $is_new || $was_public ) ) ) {
		// A withdrawal has no text, and does not wait.
		changed( $post_id, $is_new && '' === $post->post_password && awaits_meta_boxes() ? META_BOX_SECONDS : 0 );
	}
}

/**
 * Marks a post and has it sent after the response, or by the first sweep after `$delay` seconds.
 */
function changed( int $post_id, int $delay = 0 ): void {
	mark( $post_id, $delay );
	if ( ! $delay ) {
		send_after_response( $post_id );
	}
}

/**
 * Returns whether a second request may still say that the post is for members only. The block editor saves a post by the REST API, and only
 * then the meta boxes, which saves the post again.
 */
function awaits_meta_boxes(): bool {
	return defined( 'REST_REQUEST' ) && REST_REQUEST && ( array_filter( MEMBERSHIP_FUNCTIONS, 'function_exists' ) || has_filter( 'storycard_is_closed' ) );
}

/**
 * Marks a post that was deleted, if Storycard knows it.
 */
function post_deleted( int $post_id ): void {
	if ( row( $post_id ) ) {
		changed( $post_id );
	}
}

/**
 * Marks a post whose meta changed, also while it is sent: the event may have been built before.
 *
 * @param int|int[] $meta_id  The ID of the meta, or IDs.
 * @param int       $post_id  The post.
 * @param string    $meta_key The meta.
 */
function meta_saved( $meta_id, $post_id, $meta_key ): void {
	if ( ! in_array( $meta_key, array_merge( WATCHED_META, array_keys( EDITOR_FIELDS ) ), true ) ) {
		return;
	}
	// A filter that writes meta whenever the text is built would have the post sent without end.
	$row = is_building() ? null : row( (int) $post_id );
	if ( $row && ( 'waiting' !== $row->state || (int) $row->leased_until > time() ) ) {
		changed( (int) $post_id, awaits_meta_boxes() ? META_BOX_SECONDS : 0 );
	}
}

/**
 * Sends a post when the response is on its way. Where PHP cannot end the response first, another process sends it.
 */
function send_after_response( int $post_id ): void {
	static $posts = array();
	if ( ! $posts ) {
		add_action(
			'shutdown',
			static function () use ( &$posts ) {
				if ( function_exists( 'fastcgi_finish_request' ) ) {
					fastcgi_finish_request();
				} elseif ( function_exists( 'litespeed_finish_request' ) ) {
					litespeed_finish_request();
				} elseif ( ! wp_doing_cron() && 'cli' !== PHP_SAPI ) {
					sweep_soon();
					return;
				}
				// An import of many posts leaves the rest to the next sweep.
				array_map( __NAMESPACE__ . '\\deliver', array_slice( array_keys( $posts ), 0, 20 ) );
			},
			100
		);
	}
	$posts[ $post_id ] = true;
}

/**
 * Has another process of this site send what is due now, and waits for no answer. WP-Cron's own lock would make some changes wait for a visit.
 */
function sweep_soon(): void {
	wp_remote_post(
		rest_url( 'storycard/v1/sweep' ),
		array(
			'timeout'   => 1, // to connect
			'blocking'  => false,
			'sslverify' => apply_filters( 'https_local_ssl_verify', false ), // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- as WP-Cron does
			'body'      => array( 'token' => sweep_token( time() ) ),
		)
	);
}

/**
 * Returns what proves to this site that it asked itself. It is valid for ten minutes at most.
 */
function sweep_token( int $time ): string {
	return wp_hash( 'storycard_sweep_' . intdiv( $time, 5 * MINUTE_IN_SECONDS ), 'nonce' );
}

add_action(
	'rest_api_init',
	static function () {
		register_rest_route(
			'storycard/v1',
			'/sweep',
			array(
				'methods'             => 'POST',
				'callback'            => static function (): bool {
					ignore_user_abort( true ); // nobody waits for the answer
					sweep();
					return true;
				},
				'permission_callback' => static function ( \WP_REST_Request $request ): bool {
					$valid = array( sweep_token( time() ), sweep_token( time() - 5 * MINUTE_IN_SECONDS ) );
					return hash_equals( $valid[0], (string) $request['token'] ) || hash_equals( $valid[1], (string) $request['token'] );
				},
			)
		);
	}
);
