<?php
/**
 * Gives the block editor a panel: three fields for the cards of a post, the cards, and the way to the Studio.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

// Post meta of the panel's fields, and their names in what is sent.
const EDITOR_FIELDS = array(
	'_storycard_key_fact'        => 'key_fact',
	'_storycard_quote'           => 'quote',
	'_storycard_quote_speaker'   => 'quote_speaker',
	'_storycard_social_headline' => 'social_headline',
);

add_action( 'init', __NAMESPACE__ . '\\register_fields', 20 );
add_action( 'rest_api_init', __NAMESPACE__ . '\\register_routes' );
add_action(
	'enqueue_block_editor_assets',
	static function () {
		if ( in_array( get_current_screen()->post_type, settings()['types'], true ) ) {
			wp_enqueue_script( 'storycard-panel' );
		}
	}
);

/**
 * Registers the fields as post meta that only editors read and write.
 */
function register_fields(): void {
	foreach ( settings()['types'] as $type ) {
		add_post_type_support( $type, 'custom-fields' ); // the REST API has no meta without it
		foreach ( array_keys( EDITOR_FIELDS ) as $key ) {
			register_post_meta(
				$type,
				$key,
				array(
					'type'              => 'string',
					'single'            => true,
					'default'           => '',
					'sanitize_callback' => __NAMESPACE__ . '\\one_line',
					'show_in_rest'      => array(
						'schema' => array(
							'type'    => 'string',
							'context' => array( 'edit' ),
						),
					),
					'auth_callback'     => static function ( $allowed, $meta_key, $post_id ): bool {
						return current_user_can( 'edit_post', $post_id );
					},
				)
			);
		}
	}
}

/**
 * Returns a text without tags and line breaks. `sanitize_text_field` would also take "%20" out of "120%20".
 *
 * @param mixed $text A text.
 */
function one_line( $text ): string {
	return trim( wp_strip_all_tags( (string) $text, true ) );
}

/**
 * Returns what editors wrote into the fields of a post, by field.
 *
 * @return string[]
 */
function editor_fields( int $post_id ): array {
	$fields = array();
	foreach ( EDITOR_FIELDS as $key => $name ) {
		$fields[ $name ] = trim( (string) get_post_meta( $post_id, $key, true ) );
	}
	return $fields;
}

/**
 * Registers the routes that the panel calls.
 */
function register_routes(): void {
	$route = static function ( string $method, callable $answer ): array {
		return array(
			'methods'             => $method,
			'callback'            => static function ( \WP_REST_Request $request ) use ( $answer ): array {
				$post_id = (int) $request['id'];
				$answer( $post_id );
				return panel( $post_id );
			},
			'permission_callback' => static function ( \WP_REST_Request $request ): bool {
				return current_user_can( 'edit_post', (int) $request['id'] );
			},
		);
	};
	register_rest_route( 'storycard/v1', '/posts/(?P<id>\d+)/cards', $route( 'GET', __NAMESPACE__ . '\\fetch_newest' ) );
	register_rest_route( 'storycard/v1', '/posts/(?P<id>\d+)/send', $route( 'POST', __NAMESPACE__ . '\\send_again' ) );
}

/**
 * Sends a post that is due, and reads its newest cards.
 */
function fetch_newest( int $post_id ): void {
	deliver( $post_id );
	if ( is_configured() && row( $post_id ) ) {
		fetch_cards( $post_id );
	}
}

/**
 * Sends a post again, at once.
 */
function send_again( int $post_id ): void {
	mark( $post_id );
	deliver( $post_id );
}

/**
 * Returns what the panel shows of a post.
 */
function panel( int $post_id ): array {
	$cards = array();
	foreach ( cards( $post_id ) as $kind => $formats ) {
		foreach ( $formats as $format => $card ) {
			$cards[] = $card + array(
				'kind'   => $kind,
				'format' => $format,
				'file'   => "$post_id-$kind-$format." . ( pathinfo( (string) wp_parse_url( $card['url'], PHP_URL_PATH ), PATHINFO_EXTENSION ) ),
			);
		}
	}
	return array(
		'status' => status_words( $post_id ),
		'cards'  => $cards,
		'studio' => cards_url() . '/studio#/article/' . rawurlencode( article_id( $post_id ) ),
	);
}

/**
 * Registers the scripts of the panel and of the block, which also runs where no post is edited. Their words come with them, so they need no
 * translation files of their own.
 */
function register_scripts(): void {
	$needs = array(
		'block' => array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-server-side-render' ),
		'panel' => array( 'wp-api-fetch', 'wp-components', 'wp-data', 'wp-edit-post', 'wp-editor', 'wp-element', 'wp-plugins' ),
	);
	foreach ( $needs as $name => $handles ) {
		wp_register_script( "storycard-$name", plugins_url( "assets/$name.js", FILE ), $handles, VERSION, true );
		wp_add_inline_script( "storycard-$name", 'window.storycardWords = ' . wp_json_encode( words(), JSON_HEX_TAG ) . ';', 'before' );
	}
}

/**
 * Returns the words of the scripts.
 */
function words(): array {
	return array(
		'title'        => __( 'Share cards', 'storycard' ),
		'keyFact'      => __( 'Key fact', 'storycard' ),
		'keyFactHelp'  => __( 'One sentence, best of 24 to 200 characters. It is on the card of the key fact.', 'storycard' ),
		'quote'        => __( 'Pull quote', 'storycard' ),
		'quoteHelp'    => __( 'Without quotation marks. A quote without a speaker is on no card.', 'storycard' ),
		'speaker'      => __( 'Speaker of the quote', 'storycard' ),
		'social'       => __( 'Social headline', 'storycard' ),
		'socialHelp'   => __( 'It heads the cards in place of the title.', 'storycard' ),
		'none'         => __( 'Publish the post to get its cards.', 'storycard' ),
		'making'       => __( 'The cards are being made.', 'storycard' ),
		'download'     => __( 'Download', 'storycard' ),
		'studio'       => __( 'Open in Studio', 'storycard' ),
		'again'        => __( 'Send again', 'storycard' ),
		'opensTab'     => __( '(opens in a new tab)', 'storycard' ),
		'failed'       => __( 'The cards could not be read.', 'storycard' ),
		'noCard'       => __( 'The post has no such card.', 'storycard' ),
		'cardKind'     => __( 'Card', 'storycard' ),
		'cardFormat'   => __( 'Format', 'storycard' ),
		'headlineCard' => __( 'Headline', 'storycard' ),
		'bulletCard'   => __( 'Key fact', 'storycard' ),
		'quoteCard'    => __( 'Quote', 'storycard' ),
		'formats'      => array(
			'square'   => __( 'Square', 'storycard' ),
			'portrait' => __( 'Portrait', 'storycard' ),
			'tall'     => __( 'Tall', 'storycard' ),
			'story'    => __( 'Story', 'storycard' ),
			'og'       => __( 'Link preview', 'storycard' ),
			'x'        => 'X',
			'linkedin' => 'LinkedIn',
			'pin'      => 'Pinterest',
		),
	);
}
