<?php
/**
 * Shows the page Settings, Storycard.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

const PAGE    = 'storycard';
const ARCHIVE = 100; // posts that "Send the last posts" sends

add_action(
	'admin_menu',
	static function () {
		add_options_page( 'Storycard', 'Storycard', 'manage_options', PAGE, __NAMESPACE__ . '\\print_page' );
	}
);
add_action(
	'admin_init',
	static function () {
		register_setting( PAGE, OPTION, array( 'type' => 'array', 'sanitize_callback' => __NAMESPACE__ . '\\sanitize_settings' ) );
		register_setting( PAGE, SECRET, array( 'type' => 'string', 'sanitize_callback' => __NAMESPACE__ . '\\sanitize_secret' ) );
	}
);
add_action( 'update_option_' . OPTION, __NAMESPACE__ . '\\settings_changed' );
add_action( 'update_option_' . SECRET, __NAMESPACE__ . '\\settings_changed' );
add_action( 'admin_post_storycard_archive', __NAMESPACE__ . '\\send_archive' );
add_action( 'admin_post_storycard_check', __NAMESPACE__ . '\\check_now' );
add_filter(
	'plugin_action_links_' . plugin_basename( FILE ),
	static function ( array $links ): array {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( page_url() ), esc_html__( 'Settings', 'storycard' ) );
		return array_merge( array( $link ), $links );
	}
);

/**
 * Has all that waited for the right address or secret sent when both are saved.
 */
function settings_changed(): void {
	make_all_due();
	if ( ! has_action( 'shutdown', __NAMESPACE__ . '\\sweep_soon' ) ) {
		add_action( 'shutdown', __NAMESPACE__ . '\\sweep_soon' );
	}
}

/**
 * Returns the address of the page.
 */
function page_url(): string {
	return admin_url( 'options-general.php?page=' . PAGE );
}

/**
 * Prints the page.
 */
function print_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>Storycard</h1>';
	print_notice();
	echo '<form action="options.php" method="post">';
	settings_fields( PAGE );
	echo '<table class="form-table" role="presentation">';
	print_connection();
	print_choices();
	echo '</table>';
	submit_button();
	echo '</form>';
	print_summary();
	echo '</div>';
}

/**
 * Prints whether the settings work, after they were saved or a button was pressed.
 */
function print_notice(): void {
	$user   = get_current_user_id();
	$notice = get_transient( "storycard_notice_$user" );
	delete_transient( "storycard_notice_$user" );
	// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- options.php checked the nonce before it came back here
	if ( isset( $_GET['settings-updated'] ) && is_configured() && ! get_settings_errors( OPTION ) ) {
		$notice = connection_notice();
	}
	if ( is_array( $notice ) ) {
		print_notice_box( $notice[0], $notice[1] );
	}
}

/**
 * Returns the kind and the text of a notice that says whether Storycard takes events.
 *
 * @return string[]
 */
function connection_notice(): array {
	$problem = is_configured() ? check_connection() : __( 'Storycard is not set up yet.', 'storycard' );
	return '' === $problem ? array( 'success', __( 'Connected: Storycard takes the events of this site.', 'storycard' ) ) : array( 'error', $problem );
}

/**
 * Prints a notice. WordPress has a function for this since 6.4.
 */
function print_notice_box( string $kind, string $text ): void {
	printf( '<div class="notice notice-%s"><p>%s</p></div>', esc_attr( $kind ), esc_html( $text ) );
}

/**
 * Prints a row of the form.
 *
 * @param string $id    The ID of the field.
 * @param string $label What it is called.
 * @param string $field HTML, escaped.
 * @param string $help  What it does.
 */
function print_row( string $id, string $label, string $field, string $help = '' ): void {
	// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- $field is HTML that its caller escaped
	printf( '<tr><th scope="row"><label for="%s">%s</label></th><td>%s', esc_attr( $id ), esc_html( $label ), $field );
	printf( '' !== $help ? '<p class="description">%s</p></td></tr>' : '</td></tr>', esc_html( $help ) );
}

/**
 * Returns a text field of the settings.
 */
function text_field( string $name, string $placeholder = '', string $type = 'text' ): string {
	return sprintf(
		'<input type="%s" id="storycard-%s" name="storycard[%s]" value="%s" placeholder="%s" class="regular-text">',
		esc_attr( $type ),
		esc_attr( $name ),
		esc_attr( $name ),
		esc_attr( settings()[ $name ] ),
		esc_attr( $placeholder )
	);
}

/**
 * Prints the fields that connect this site with Storycard.
 */
function print_connection(): void {
	print_row( 'storycard-url', __( 'Webhook address', 'storycard' ), text_field( 'url', 'https://cards.example/webhooks/newsroom', 'url' ), __( 'Whoever runs Storycard gives you this address and the secret.', 'storycard' ) );
	$is_set = '' !== get_option( SECRET, '' );
	$secret = sprintf(
		'<input type="password" id="storycard-secret" name="%s" value="" placeholder="%s" class="regular-text" autocomplete="off">',
		esc_attr( SECRET ),
		esc_attr( $is_set ? __( 'set; leave empty to keep it', 'storycard' ) : 'whsec_…' )
	);
	print_row( 'storycard-secret', __( 'Secret', 'storycard' ), $secret );
	print_row( 'storycard-cards_url', __( 'Address of the cards', 'storycard' ), text_field( 'cards_url', cards_url(), 'url' ), __( 'Only if it is not the beginning of the webhook address.', 'storycard' ) );
}

/**
 * Prints the fields that choose what is sent and shown.
 */
function print_choices(): void {
	$settings = settings();
	$types    = '';
	foreach ( choosable_types() as $type ) {
		$types .= checkbox( 'storycard[types][]', $type->name, $type->label, in_array( $type->name, $settings['types'], true ) );
	}
	print_row( '', __( 'Articles are', 'storycard' ), "<fieldset>$types</fieldset>" );
	$sections = '';
	foreach ( get_categories( array( 'hide_empty' => false ) ) as $category ) {
		$sections .= checkbox( 'storycard[sections][]', (string) $category->term_id, $category->name, in_array( $category->term_id, $settings['sections'], true ) );
	}
	$box = '<fieldset style="max-height:12em;overflow:auto">' . $sections . '</fieldset>';
	print_row( '', __( 'Sections', 'storycard' ), $box, __( 'Without a choice, all sections.', 'storycard' ) );
	$labels = array(
		'live'       => __( 'Tags of live stories', 'storycard' ),
		'breaking'   => __( 'Tags of breaking news', 'storycard' ),
		'correction' => __( 'Tags of corrections', 'storycard' ),
		'paid'       => __( 'Tags of paid content', 'storycard' ),
	);
	foreach ( $labels as $name => $label ) {
		print_row( "storycard-$name", $label, text_field( $name ), 'live' === $name ? __( 'Slugs of tags, with commas between them. Their cards are labelled.', 'storycard' ) : '' );
	}
	$head = checkbox( 'storycard[head]', '1', __( 'Link previews of posts show their card (og:image), in place of that of an SEO plugin.', 'storycard' ), $settings['head'] );
	print_row( '', __( 'Link previews', 'storycard' ), $head );
}

/**
 * Returns a checkbox with its label.
 */
function checkbox( string $name, string $value, string $label, bool $is_checked ): string {
	return sprintf(
		'<label><input type="checkbox" name="%s" value="%s" %s> %s</label><br>',
		esc_attr( $name ),
		esc_attr( $value ),
		checked( $is_checked, true, false ),
		esc_html( $label )
	);
}

/**
 * Prints how many posts are sent, waiting and refused, the last error, and the buttons.
 */
function print_summary(): void {
	$summary = summary();
	echo '<h2>' . esc_html__( 'What was sent', 'storycard' ) . '</h2><p>';
	/* translators: 1, 2, 3: numbers of posts */
	echo esc_html( sprintf( __( 'Sent: %1$s. Waiting: %2$s. Not taken: %3$s.', 'storycard' ), number_format_i18n( $summary['sent'] ), number_format_i18n( $summary['waiting'] ), number_format_i18n( $summary['refused'] ) ) ) . '</p>';
	if ( $summary['failed'] ) {
		$title = get_the_title( (int) $summary['failed']->post_id );
		/* translators: 1: the title of a post, 2: an error */
		echo '<p><strong>' . esc_html( sprintf( __( 'Last error, of "%1$s": %2$s', 'storycard' ), $title, $summary['failed']->error ) ) . '</strong></p>';
	}
	echo '<div style="display:flex;gap:8px">';
	print_button( 'storycard_check', __( 'Check the connection', 'storycard' ) );
	/* translators: %s: a number */
	print_button( 'storycard_archive', sprintf( __( 'Send the last %s posts', 'storycard' ), number_format_i18n( ARCHIVE ) ) );
	echo '</div>';
}

/**
 * Prints a button that does something.
 */
function print_button( string $action, string $label ): void {
	echo '<form action="' . esc_url( admin_url( 'admin-post.php' ) ) . '" method="post"><input type="hidden" name="action" value="' . esc_attr( $action ) . '">';
	wp_nonce_field( $action );
	submit_button( $label, 'secondary', 'submit', false );
	echo '</form>';
}

/**
 * Ends the request if it did not come from a button of the page.
 */
function check_button( string $action ): void {
	check_admin_referer( $action );
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html__( 'You may not change these settings.', 'storycard' ), '', array( 'response' => 403 ) );
	}
}

/**
 * Returns to the page, which shows a notice.
 *
 * @param string[] $notice Its kind and its text.
 */
function return_with( array $notice ): void {
	set_transient( 'storycard_notice_' . get_current_user_id(), $notice, MINUTE_IN_SECONDS );
	wp_safe_redirect( page_url() );
	exit;
}

/**
 * Checks the connection.
 */
function check_now(): void {
	check_button( 'storycard_check' );
	return_with( connection_notice() );
}

/**
 * Marks the newest posts of the archive. The oldest goes first, so that the newest stay the newest in the Studio.
 */
function send_archive(): void {
	check_button( 'storycard_archive' );
	$settings = settings();
	$posts    = ! $settings['types'] ? array() : get_posts(
		array(
			'post_type'        => $settings['types'],
			'post_status'      => 'publish',
			'has_password'     => false,
			'category__in'     => $settings['sections'],
			'numberposts'      => ARCHIVE,
			'fields'           => 'ids',
			'suppress_filters' => true, // all languages, not only that of the page
		)
	);
	array_map( __NAMESPACE__ . '\\mark', array_reverse( $posts ) );
	sweep_soon();
	/* translators: %s: a number of posts */
	return_with( array( 'success', sprintf( __( 'Posts that are being sent: %s. This page shows how far it is.', 'storycard' ), number_format_i18n( count( $posts ) ) ) ) );
}
