<?php
/**
 * Reads and checks the settings.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

const OPTION = 'storycard';
const SECRET = 'storycard_secret'; // an option of its own, which no page prints
const PREFIX = 'storycard_prefix'; // what Storycard puts before the IDs of this site's posts, as its answers say

/**
 * Returns all settings, with defaults for those that nobody has set.
 */
function settings(): array {
	$defaults = array(
		'url'        => '',
		'cards_url'  => '',
		'types'      => array( 'post' ),
		'sections'   => array(),
		'live'       => 'live',
		'breaking'   => 'breaking',
		'correction' => 'correction',
		'paid'       => 'sponsored',
		'head'       => true,
	);
	return array_merge( $defaults, (array) get_option( OPTION, array() ) );
}

/**
 * Returns whether events can be sent.
 */
function is_configured(): bool {
	return '' !== settings()['url'] && '' !== get_option( SECRET, '' );
}

/**
 * Returns the address below which the cards are, without a slash at its end: the one that is set, or that of the webhook.
 */
function cards_url(): string {
	$settings = settings();
	$url      = '' !== $settings['cards_url'] ? $settings['cards_url'] : preg_replace( '~/webhooks/[^/]+/?$~', '', $settings['url'] );
	return untrailingslashit( $url );
}

/**
 * Returns the ID that Storycard has for a post.
 */
function article_id( int $post_id ): string {
	return get_option( PREFIX, '' ) . $post_id;
}

/**
 * Keeps the prefix of an article's ID that Storycard answered with.
 */
function learn_prefix( int $post_id, string $article_id ): void {
	if ( preg_match( "/^((?:[A-Za-z0-9][A-Za-z0-9._~-]{0,63})?)$post_id$/D", $article_id, $found ) && get_option( PREFIX, '' ) !== $found[1] ) {
		update_option( PREFIX, $found[1] );
	}
}

/**
 * Returns whether posts of this type, in these sections, are articles.
 */
function is_wanted( \WP_Post $post ): bool {
	$settings = settings();
	if ( ! in_array( $post->post_type, $settings['types'], true ) ) {
		return false;
	}
	return ! $settings['sections'] || has_category( $settings['sections'], $post );
}

/**
 * Returns whether an address is one that secrets and posts may be sent to: HTTPS, or HTTP on this machine.
 */
function is_safe_url( string $url ): bool {
	$parts = wp_parse_url( $url );
	if ( ! $parts || empty( $parts['host'] ) || isset( $parts['user'] ) ) {
		return false;
	}
	$is_local = in_array( $parts['host'], array( 'localhost', '127.0.0.1', '[::1]' ), true );
	return 'https' === $parts['scheme'] || ( 'http' === $parts['scheme'] && $is_local );
}

/**
 * Returns the settings that a form sent, checked. What is not valid keeps its former value, and the form says why.
 *
 * @param mixed $sent What the form sent.
 */
function sanitize_settings( $sent ): array {
	$sent = (array) $sent;
	$kept = settings();
	$url  = esc_url_raw( trim( (string) ( $sent['url'] ?? '' ) ) );
	if ( '' === $url || ( is_safe_url( $url ) && preg_match( '~/webhooks/[\w.-]+/?$~', $url ) ) ) {
		$kept['url'] = untrailingslashit( $url );
	} else {
		/* translators: %s: the beginning of an address */
		add_settings_error( OPTION, 'url', sprintf( __( 'Webhook address: expected an address such as %s.', 'storycard' ), 'https://cards.example/webhooks/newsroom' ) );
	}
	$cards_url = esc_url_raw( trim( (string) ( $sent['cards_url'] ?? '' ) ) );
	if ( '' === $cards_url || is_safe_url( $cards_url ) ) {
		$kept['cards_url'] = untrailingslashit( $cards_url );
	} else {
		/* translators: %s: the beginning of an address */
		add_settings_error( OPTION, 'cards_url', sprintf( __( 'Address of the cards: expected an address such as %s.', 'storycard' ), 'https://cards.example' ) );
	}
	$kept['types']    = array_values( array_intersect( array_map( 'sanitize_key', (array) ( $sent['types'] ?? array() ) ), array_keys( choosable_types() ) ) );
	$kept['sections'] = array_values( array_filter( array_map( 'absint', (array) ( $sent['sections'] ?? array() ) ) ) );
	$kept['head']     = ! empty( $sent['head'] );
	foreach ( array( 'live', 'breaking', 'correction', 'paid' ) as $label ) {
		$slugs          = array_map( 'sanitize_title', explode( ',', (string) ( $sent[ $label ] ?? '' ) ) );
		$kept[ $label ] = implode( ', ', array_filter( $slugs ) );
	}
	return $kept;
}

/**
 * Returns the secret that a form sent. An empty or invalid one keeps the former secret.
 *
 * @param mixed $sent What the form sent.
 */
function sanitize_secret( $sent ): string {
	$sent = trim( (string) $sent );
	if ( '' === $sent || '' !== secret_key( $sent ) ) {
		return '' === $sent ? (string) get_option( SECRET, '' ) : $sent;
	}
	/* translators: %s: the beginning of a secret */
	add_settings_error( OPTION, 'secret', sprintf( __( 'Secret: expected one that begins with %s.', 'storycard' ), 'whsec_' ) );
	return (string) get_option( SECRET, '' );
}

/**
 * Returns the key of a secret such as `whsec_MfKQ...`, or "" if it is not valid.
 */
function secret_key( string $secret ): string {
	if ( 0 !== strpos( $secret, 'whsec_' ) ) {
		return '';
	}
	// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- Standard Webhooks writes keys so.
	return (string) base64_decode( substr( $secret, 6 ), true );
}

/**
 * Returns the post types that may be articles, by name.
 *
 * @return \WP_Post_Type[]
 */
function choosable_types(): array {
	$types = get_post_types( array( 'public' => true ), 'objects' );
	unset( $types['attachment'] );
	return $types;
}
