<?php
/**
 * Removes what the plugin stored: settings, the secret, the table, and what is known of cards. What editors wrote stays with their posts.
 *
 * @package Storycard
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Removes it from the current site.
 */
function storycard_uninstall() {
	global $wpdb;
	foreach ( array( 'storycard', 'storycard_secret', 'storycard_prefix', 'storycard_schema' ) as $option ) {
		delete_option( $option );
	}
	delete_post_meta_by_key( '_storycard_cards' );
	$wpdb->query( "DROP TABLE IF EXISTS {$wpdb->prefix}storycard_outbox" ); // phpcs:ignore WordPress.DB.DirectDatabaseQuery
	wp_clear_scheduled_hook( 'storycard_sweep' );
}

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $storycard_site ) {
		switch_to_blog( $storycard_site );
		storycard_uninstall();
		restore_current_blog();
	}
} else {
	storycard_uninstall();
}
