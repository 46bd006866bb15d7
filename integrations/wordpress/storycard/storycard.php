<?php
/**
 * Plugin Name:       Storycard
 * Description:       Sends posts to Storycard, which makes share cards of them, and puts the cards into your pages and your editor.
 * Version:           1.0.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            Storycard
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       storycard
 * Domain Path:       /languages
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

const VERSION = '1.0.0';
const FILE    = __FILE__;

foreach ( array( 'settings', 'outbox', 'watch', 'post-fields', 'payload', 'delivery', 'cards', 'head', 'embed', 'editor', 'posts-list', 'settings-page' ) as $storycard_part ) {
	require __DIR__ . "/includes/$storycard_part.php";
}

add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'storycard', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	},
	1
);
register_deactivation_hook( FILE, __NAMESPACE__ . '\\stop_sweeping' );
