<?php
/**
 * Sends events to Storycard, signed as Standard Webhooks specifies, and retries until they are accepted.
 *
 * @link https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

const SWEEP         = 'storycard_sweep';
const SWEEP_SECONDS = 20;
const MOST_SWEPT    = 200;
const MOST_REREAD   = 20; // posts whose cards a sweep reads again
const RETRY_MINUTES = array( 1, 2, 5, 10, 30 ); // then every hour
const CHECK_SECONDS = array( 20, 60, 300 ); // photographs are fetched after the event was taken
const LASTING       = array( 400, 409, 413, 422 ); // the same event would get the same answer

add_filter(
	'cron_schedules', // phpcs:ignore WordPress.WP.CronInterval.CronSchedulesInterval -- a minute costs one query of an index
	static function ( array $schedules ): array {
		$schedules['storycard_minute'] = array(
			'interval' => MINUTE_IN_SECONDS,
			'display'  => 'Storycard', // asked for before translations may be loaded
		);
		return $schedules;
	}
);
add_action(
	'init',
	static function () {
		if ( ! wp_next_scheduled( SWEEP ) ) {
			wp_schedule_event( time(), 'storycard_minute', SWEEP );
		}
	}
);
add_action( SWEEP, __NAMESPACE__ . '\\sweep' );

/**
 * Ends the sweeping when the plugin is deactivated.
 */
function stop_sweeping(): void {
	wp_clear_scheduled_hook( SWEEP );
}

/**
 * Sends the posts that are due, then reads old cards again. After SWEEP_SECONDS another process goes on, since hosts end long ones.
 */
function sweep(): void {
	$end = time() + SWEEP_SECONDS;
	foreach ( is_configured() ? due_posts( MOST_SWEPT ) : array() as $post_id ) {
		if ( time() >= $end ) {
			sweep_soon();
			return;
		}
		deliver( $post_id );
	}
	reread_cards( $end );
}

/**
 * Reads cards again that were read over a day ago, until `$end`. Storycard makes new versions without an event, and old ones may be purged.
 */
function reread_cards( int $end ): void {
	$yesterday = time() - DAY_IN_SECONDS;
	foreach ( is_configured() ? posts_read_before( $yesterday, MOST_REREAD ) : array() as $post_id ) {
		if ( time() >= $end ) {
			return;
		}
		if ( claim_reading( $post_id, $yesterday ) && 'publish' === get_post_status( $post_id ) ) {
			fetch_cards( $post_id );
		}
	}
}

/**
 * Sends the state of one post if it is due, and reads its cards. A change that comes meanwhile is sent too.
 */
function deliver( int $post_id ): void {
	while ( is_configured() ) {
		$row = claim( $post_id );
		if ( ! $row ) {
			return;
		}
		if ( 'checking' === $row->state ) {
			release( $row, check_again( $post_id, (int) $row->tries ) );
			continue;
		}
		$event = array( 'event' => '' );
		try {
			$event  = event_of( $post_id );
			$answer = send( $event, "wp_{$post_id}_{$row->token}" );
		} catch ( \Throwable $error ) { // of another plugin's filter
			/* translators: %s: a technical message */
			$answer = array( 0, sprintf( __( 'WordPress could not build the post: %s', 'storycard' ), $error->getMessage() ), '' );
		}
		if ( 2 === intdiv( $answer[0], 100 ) && 'post.deleted' === $event['event'] ) {
			forget( $row );
			return;
		}
		release( $row, outcome( $post_id, $row, $answer ) );
	}
}

/**
 * Returns the columns that record an answer.
 *
 * @param int    $post_id The post.
 * @param object $row     Its row.
 * @param array  $answer  What `send` returned.
 */
function outcome( int $post_id, object $row, array $answer ): array {
	list( $status, $error ) = $answer;
	$tries                  = (int) $row->tries;
	if ( 2 === intdiv( $status, 100 ) ) {
		learn_prefix( $post_id, $answer[2] );
		return array(
			'state'   => 'checking',
			'tries'   => 0,
			'due_at'  => time(),
			'sent_at' => time(),
			'error'   => '',
		);
	}
	$minutes = RETRY_MINUTES[ $tries ] ?? 60;
	return array(
		'state'  => in_array( $status, LASTING, true ) ? 'refused' : 'waiting',
		'tries'  => $tries + 1,
		'due_at' => time() + $minutes * MINUTE_IN_SECONDS,
		'error'  => $error,
	);
}

/**
 * Reads the cards of a post that Storycard has taken. Returns the columns that say when to look again, or that this was the last time.
 */
function check_again( int $post_id, int $tries ): array {
	fetch_cards( $post_id );
	$is_over = $tries >= count( CHECK_SECONDS );
	return array(
		'state'  => $is_over ? 'done' : 'checking',
		'tries'  => $is_over ? 0 : $tries + 1,
		'due_at' => time() + ( $is_over ? 0 : CHECK_SECONDS[ $tries ] ),
		'error'  => '',
	);
}

/**
 * Posts an event. Returns the status, 0 if there was no answer; what went wrong in plain words; and the ID that Storycard has for the article.
 *
 * @param array  $event The event.
 * @param string $id    Its ID, the same for each attempt.
 * @return array{int, string, string}
 */
function send( array $event, string $id ): array {
	$body = wp_json_encode( $event, JSON_INVALID_UTF8_SUBSTITUTE );
	if ( false === $body ) {
		return array( 0, __( 'WordPress could not write the post as JSON.', 'storycard' ), '' );
	}
	$now    = time();
	$key    = secret_key( (string) get_option( SECRET, '' ) );
	$signed = base64_encode( hash_hmac( 'sha256', "$id.$now.$body", $key, true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- as Standard Webhooks specifies
	$answer = wp_remote_post(
		settings()['url'],
		array(
			'timeout'     => 10,
			'redirection' => 0,
			'body'        => $body,
			'user-agent'  => 'Storycard-WordPress/' . VERSION,
			'headers'     => array(
				'Content-Type'      => 'application/json',
				'webhook-id'        => $id,
				'webhook-timestamp' => (string) $now,
				'webhook-signature' => "v1,$signed",
			),
		)
	);
	if ( is_wp_error( $answer ) ) {
		/* translators: %s: a technical message */
		return array( 0, sprintf( __( 'Storycard did not answer: %s', 'storycard' ), $answer->get_error_message() ), '' );
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	$said   = json_decode( wp_remote_retrieve_body( $answer ), true );
	$said   = is_array( $said ) ? $said : array();
	return array( $status, 2 === intdiv( $status, 100 ) ? '' : explain( $status, $said ), (string) ( $said['article_id'] ?? '' ) );
}

/**
 * Returns in plain words why Storycard did not take an event.
 *
 * @param int   $status  The status of its answer.
 * @param array $problem Its answer, problem details as in RFC 9457.
 */
function explain( int $status, array $problem ): string {
	$detail = sanitize_text_field( mb_substr( (string) ( $problem['detail'] ?? $problem['title'] ?? '' ), 0, 300 ) );
	switch ( $status ) {
		case 401:
			return __( 'Storycard did not accept the signature: check the secret, and the clock of this server.', 'storycard' );
		case 404:
			return __( 'Storycard knows no source of this name: check the webhook address.', 'storycard' );
		case 409:
			return __( 'The article of this ID belongs to another source: Storycard needs an ID prefix for this site.', 'storycard' );
		case 413:
			return __( 'The post is too large for Storycard.', 'storycard' );
		case 400:
		case 422:
			/* translators: %s: what was expected and what came */
			return sprintf( __( 'Storycard cannot make cards of this post: %s', 'storycard' ), $detail );
	}
	if ( 3 === intdiv( $status, 100 ) ) {
		return __( 'The webhook address leads to another one: check it.', 'storycard' );
	}
	/* translators: %d: an HTTP status such as 503 */
	return sprintf( __( 'Storycard is not available (status %d).', 'storycard' ), $status );
}

/**
 * Sends an event about nothing. Returns "" if Storycard takes it, else what went wrong.
 */
function check_connection(): string {
	$event = array(
		'event' => 'site.connected',
		'post'  => array( 'post_type' => 'storycard_connection' ),
	);
	return send( $event, 'wp_check_' . wp_generate_password( 24, false ) )[1];
}
