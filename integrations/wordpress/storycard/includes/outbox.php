<?php
/**
 * Remembers which posts have to be sent, in a table of its own: a change is never lost, and two processes never send the same post at once.
 *
 * A row is `waiting` until Storycard has taken the newest change, then `checking` while its cards are made, then `done`. What Storycard can
 * never take is `refused` until the post changes. The `due_at` of a `done` row is when its cards were read.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

const SCHEMA        = '1';
const SCHEMA_OPTION = 'storycard_schema';
const LEASE         = 90; // seconds in which a post is sent, before another process may try

/**
 * Returns the name of the table.
 */
function table(): string {
	global $wpdb;
	return $wpdb->prefix . 'storycard_outbox';
}

/**
 * Creates the table, also on sites of a network that got the plugin by network activation.
 */
function install(): void {
	if ( SCHEMA === get_option( SCHEMA_OPTION ) ) {
		return;
	}
	global $wpdb;
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	dbDelta(
		'CREATE TABLE ' . table() . " (
			post_id bigint(20) unsigned NOT NULL,
			state varchar(10) NOT NULL,
			token varchar(32) NOT NULL,
			tries int(10) unsigned NOT NULL DEFAULT 0,
			due_at int(10) unsigned NOT NULL DEFAULT 0,
			leased_until int(10) unsigned NOT NULL DEFAULT 0,
			sent_at int(10) unsigned NOT NULL DEFAULT 0,
			error text NOT NULL,
			PRIMARY KEY  (post_id),
			KEY due (state, due_at)
		) {$wpdb->get_charset_collate()};"
	);
	update_option( SCHEMA_OPTION, SCHEMA );
}
add_action( 'init', __NAMESPACE__ . '\\install', 5 );

// The table has no cache in WordPress: other processes change it.
// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL.InterpolatedNotPrepared, PluginCheck.Security.DirectDB

/**
 * Notes that a post changed. `$delay` is in seconds.
 */
function mark( int $post_id, int $delay = 0 ): void {
	global $wpdb;
	$table = table();
	$token = wp_generate_password( 24, false );
	$due   = time() + $delay;
	$wpdb->query(
		$wpdb->prepare(
			"INSERT INTO $table (post_id, state, token, due_at, error) VALUES (%d, 'waiting', %s, %d, '')
			ON DUPLICATE KEY UPDATE state = 'waiting', token = %s, tries = 0, due_at = %d, error = ''",
			$post_id,
			$token,
			$due,
			$token,
			$due
		)
	);
}

/**
 * Leases a post that is due. Returns its row, or null if it is not due or another process sends it.
 */
function claim( int $post_id ): ?object {
	global $wpdb;
	$table = table();
	$now   = time();
	$taken = $wpdb->query(
		$wpdb->prepare(
			"UPDATE $table SET leased_until = %d WHERE post_id = %d AND state IN ('waiting', 'checking') AND due_at <= %d AND leased_until <= %d",
			$now + LEASE,
			$post_id,
			$now,
			$now
		)
	);
	return $taken ? row( $post_id ) : null;
}

/**
 * Ends the lease of a post. The other fields are stored unless the post changed meanwhile.
 *
 * @param object $claimed The row that `claim` returned.
 * @param array  $fields  Columns and values.
 */
function release( object $claimed, array $fields ): void {
	global $wpdb;
	$wpdb->update( table(), $fields, array( 'post_id' => $claimed->post_id, 'token' => $claimed->token ) );
	$wpdb->update( table(), array( 'leased_until' => 0 ), array( 'post_id' => $claimed->post_id ) );
}

/**
 * Forgets a deleted post that Storycard knows is gone.
 */
function forget( object $claimed ): void {
	global $wpdb;
	$wpdb->delete( table(), array( 'post_id' => $claimed->post_id, 'token' => $claimed->token ) );
}

/**
 * Returns the row of a post, or null if it was never sent.
 */
function row( int $post_id ): ?object {
	global $wpdb;
	$table = table();
	return $wpdb->get_row( $wpdb->prepare( "SELECT * FROM $table WHERE post_id = %d", $post_id ) );
}

/**
 * Returns the IDs of the posts that are due, the longest waiting first.
 *
 * @return int[]
 */
function due_posts( int $most ): array {
	global $wpdb;
	$table = table();
	$now   = time();
	$query = "SELECT post_id FROM $table WHERE state IN ('waiting', 'checking') AND due_at <= %d AND leased_until <= %d ORDER BY due_at LIMIT %d";
	return array_map( 'intval', $wpdb->get_col( $wpdb->prepare( $query, $now, $now, $most ) ) );
}

/**
 * Returns the IDs of the posts whose cards were read before a time, the longest ago first.
 *
 * @return int[]
 */
function posts_read_before( int $time, int $most ): array {
	global $wpdb;
	$table = table();
	$query = "SELECT post_id FROM $table WHERE state = 'done' AND due_at < %d ORDER BY due_at LIMIT %d";
	return array_map( 'intval', $wpdb->get_col( $wpdb->prepare( $query, $time, $most ) ) );
}

/**
 * Notes that the cards of a post are read now. Returns whether they were last read before a time, and no other process reads them.
 */
function claim_reading( int $post_id, int $time ): bool {
	global $wpdb;
	$table = table();
	$query = "UPDATE $table SET due_at = %d WHERE post_id = %d AND state = 'done' AND due_at < %d";
	return (bool) $wpdb->query( $wpdb->prepare( $query, time(), $post_id, $time ) );
}

/**
 * Makes every waiting post due, since the settings changed.
 */
function make_all_due(): void {
	global $wpdb;
	$table = table();
	$wpdb->query( $wpdb->prepare( "UPDATE $table SET due_at = %d WHERE state = 'waiting'", time() ) );
}

/**
 * Returns how many posts are in each state, and the newest error.
 */
function summary(): array {
	global $wpdb;
	$table  = table();
	$counts = wp_list_pluck( $wpdb->get_results( "SELECT state, COUNT(*) AS posts FROM $table GROUP BY state" ), 'posts', 'state' );
	$failed = $wpdb->get_row( "SELECT post_id, error FROM $table WHERE error <> '' ORDER BY due_at DESC LIMIT 1" );
	return array(
		'waiting' => (int) ( $counts['waiting'] ?? 0 ),
		'refused' => (int) ( $counts['refused'] ?? 0 ),
		'sent'    => (int) ( $counts['checking'] ?? 0 ) + (int) ( $counts['done'] ?? 0 ),
		'failed'  => $failed,
	);
}
// phpcs:enable
