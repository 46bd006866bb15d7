<?php
/**
 * Shows in the list of posts what became of each, in plain words, and sends posts again.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_init', __NAMESPACE__ . '\\add_column' );
add_action( 'admin_post_storycard_send', __NAMESPACE__ . '\\send_one' );

/**
 * Adds the column to the lists of all post types that are articles.
 */
function add_column(): void {
	foreach ( settings()['types'] as $type ) {
		add_filter(
			"manage_{$type}_posts_columns",
			static function ( array $columns ): array {
				return $columns + array( 'storycard' => __( 'Share cards', 'storycard' ) );
			}
		);
		add_action( "manage_{$type}_posts_custom_column", __NAMESPACE__ . '\\print_column', 10, 2 );
	}
}

/**
 * Prints the state of a post, and the link that sends it again.
 *
 * @param string $column  The column.
 * @param int    $post_id The post.
 */
function print_column( $column, $post_id ): void {
	if ( 'storycard' !== $column ) {
		return;
	}
	echo esc_html( status_words( (int) $post_id ) );
	if ( 'publish' === get_post_status( $post_id ) && current_user_can( 'edit_post', $post_id ) ) {
		$url = wp_nonce_url( admin_url( "admin-post.php?action=storycard_send&post=$post_id" ), "storycard_send_$post_id" );
		printf( '<br><a href="%s">%s</a>', esc_url( $url ), esc_html__( 'Send again', 'storycard' ) );
	}
}

/**
 * Returns in plain words what became of a post.
 */
function status_words( int $post_id ): string {
	$row = row( $post_id );
	if ( ! is_configured() ) {
		return __( 'Storycard is not set up yet.', 'storycard' );
	}
	if ( ! $row ) {
		return __( 'Not sent.', 'storycard' );
	}
	if ( 'refused' === $row->state ) {
		return $row->error;
	}
	if ( 'waiting' !== $row->state ) {
		/* translators: %s: a span of time such as "5 mins" */
		return sprintf( __( 'Sent %s ago.', 'storycard' ), human_time_diff( (int) $row->sent_at ) );
	}
	if ( '' === $row->error ) {
		return __( 'Waiting to be sent.', 'storycard' );
	}
	/* translators: 1: an error, 2: a span of time such as "5 mins" */
	return sprintf( __( '%1$s Next try in %2$s.', 'storycard' ), $row->error, human_time_diff( time(), max( time(), (int) $row->due_at ) ) );
}

/**
 * Sends the post of a clicked link again.
 */
function send_one(): void {
	$post_id = absint( $_GET['post'] ?? 0 );
	check_admin_referer( "storycard_send_$post_id" );
	if ( ! current_user_can( 'edit_post', $post_id ) ) {
		wp_die( esc_html__( 'You may not edit this post.', 'storycard' ), '', array( 'response' => 403 ) );
	}
	send_again( $post_id );
	wp_safe_redirect( wp_get_referer() ? wp_get_referer() : admin_url( 'edit.php' ) );
	exit;
}
