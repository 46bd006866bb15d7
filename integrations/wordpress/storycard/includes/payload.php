<?php
/**
 * Builds the event that tells Storycard the present state of a post.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

/**
 * Returns the event of a post as it is now. Only what a visitor may read, now or after its scheduled time, is sent with its text.
 */
function event_of( int $post_id ): array {
	$post = newest_post( $post_id );
	if ( ! $post ) {
		return array(
			'event' => 'post.deleted',
			'post'  => array( 'id' => $post_id ),
		);
	}
	$state = array(
		'id'           => $post_id,
		'type'         => 'post',
		'status'       => $post->post_status,
		'modified_gmt' => mysql_to_rfc3339( $post->post_modified_gmt ),
	);
	if ( ! is_wanted( $post ) ) {
		// Its date may be that of the last edit: a category changes without one.
		return array(
			'event' => 'post.unpublished',
			'post'  => array( 'id' => $post_id ),
		);
	}
	if ( '' !== $post->post_password ) {
		return array(
			'event' => 'post.protected',
			'post'  => $state + array( 'content' => array( 'protected' => true ) ),
		);
	}
	return array(
		'event' => "post.$post->post_status",
		'post'  => in_array( $post->post_status, PUBLIC_STATES, true ) ? full_post( $post ) : $state,
	);
}

/**
 * Returns a post as it is in the database. A process that sends many posts could have an older copy, which an editor has changed since.
 */
function newest_post( int $post_id ): ?\WP_Post {
	wp_cache_delete( $post_id, 'posts' );
	wp_cache_delete( $post_id, 'post_meta' );
	$post = get_post( $post_id );
	if ( $post ) {
		clean_object_term_cache( $post_id, $post->post_type );
	}
	return $post;
}

/**
 * Returns whether the event of a post is being built, so that the plugin's own cards are left out of its text.
 */
function is_building( ?bool $begins = null ): bool {
	static $is_building = false;
	if ( null !== $begins ) {
		$is_building = $begins;
	}
	return $is_building;
}

/**
 * Returns a post as the REST API shows it to a visitor without an account, with the fields that the API lacks.
 *
 * The account of whoever saved the post could show what membership plugins hide from readers.
 */
function full_post( \WP_Post $post ): array {
	$user = get_current_user_id();
	wp_set_current_user( 0 );
	is_building( true );
	try {
		$server     = rest_get_server();
		$type       = get_post_type_object( $post->post_type );
		$controller = $type->get_rest_controller();
		$controller = $controller ? $controller : new \WP_REST_Posts_Controller( $post->post_type );
		$request    = new \WP_REST_Request( 'GET', "/storycard/$post->ID" );
		$request->set_param( 'context', 'view' );
		$request->set_param( 'id', $post->ID );
		$data = $server->response_to_data( $controller->prepare_item_for_response( $post, $request ), false );
		unset( $data['yoast_head'], $data['_links'] );
		$data['type']           = 'post'; // the settings say which types are articles
		$data['excerpt']['raw'] = $post->post_excerpt;
		$data['_embedded']      = array( 'wp:term' => terms( $post ) );
		$data['storycard']      = post_fields( $post );
		$data['meta']           = (array) ( $data['meta'] ?? array() );
		$access                 = get_post_meta( $post->ID, '_jetpack_newsletter_access', true );
		if ( is_string( $access ) && '' !== $access ) {
			$data['meta']['_jetpack_newsletter_access'] = $access;
		}
		return $data;
	} finally {
		is_building( false );
		wp_set_current_user( $user );
	}
}

/**
 * Returns the categories and tags of a post, one list for each taxonomy, as the REST API embeds them.
 *
 * @return array[]
 */
function terms( \WP_Post $post ): array {
	$lists = array();
	foreach ( get_object_taxonomies( $post, 'objects' ) as $taxonomy ) {
		$terms = $taxonomy->public ? get_the_terms( $post, $taxonomy->name ) : false;
		$list  = array();
		foreach ( is_array( $terms ) ? $terms : array() as $term ) {
			$list[] = array(
				'taxonomy' => $taxonomy->name,
				'name'     => $term->name,
				'slug'     => $term->slug,
			);
		}
		$lists[] = $list;
	}
	return $lists;
}
