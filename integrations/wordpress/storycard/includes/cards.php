<?php
/**
 * Keeps the newest cards of each post in its meta, so that no page waits for Storycard.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

const CARDS_META = '_storycard_cards';

/**
 * Reads the manifest of a post from Storycard and keeps its cards. Leaves the former ones if Storycard does not answer.
 */
function fetch_cards( int $post_id ): void {
	$answer = wp_remote_get( cards_url() . '/cards/' . article_id( $post_id ), array( 'timeout' => 15 ) );
	$status = (int) wp_remote_retrieve_response_code( $answer );
	if ( in_array( $status, array( 404, 410 ), true ) ) {
		delete_post_meta( $post_id, CARDS_META );
	}
	$manifest = 200 === $status ? json_decode( wp_remote_retrieve_body( $answer ), true ) : null;
	if ( ! is_array( $manifest ) || ! is_array( $manifest['cards'] ?? null ) ) {
		return;
	}
	$cards = array();
	foreach ( $manifest['cards'] as $card ) {
		$cards[ sanitize_key( $card['kind'] ) ][ sanitize_key( $card['format'] ) ] = array(
			'url'    => esc_url_raw( $card['url'] ),
			'width'  => (int) $card['width'],
			'height' => (int) $card['height'],
			'type'   => sanitize_mime_type( 'image/' . $card['type'] ),
			'alt'    => (string) $card['alt'], // escaped where it is printed
		);
	}
	// update_post_meta removes slashes, which texts may contain.
	update_post_meta( $post_id, CARDS_META, wp_slash( $cards ) );
}

/**
 * Returns the cards of a post that everybody may read, by kind and format; none if it is a draft or needs a password.
 */
function cards( int $post_id ): array {
	$post = get_post( $post_id );
	if ( ! $post || 'publish' !== $post->post_status || '' !== $post->post_password ) {
		return array();
	}
	$cards = get_post_meta( $post_id, CARDS_META, true );
	return is_array( $cards ) ? $cards : array();
}
