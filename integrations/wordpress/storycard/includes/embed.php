<?php
/**
 * Shows a card in the text of a post or page: a block, a shortcode, and the address of a share page on a line of its own.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

add_action( 'init', __NAMESPACE__ . '\\register_embeds' );

/**
 * Registers the block, the shortcode and the oEmbed provider.
 */
function register_embeds(): void {
	add_shortcode( 'storycard', __NAMESPACE__ . '\\shortcode' );
	register_scripts();
	register_block_type( dirname( __DIR__ ) . '/blocks/card', array( 'render_callback' => __NAMESPACE__ . '\\block' ) );
	if ( '' !== cards_url() ) {
		wp_oembed_add_provider( cards_url() . '/share/*', cards_url() . '/oembed' );
	}
}

/**
 * Returns the HTML of `[storycard kind="quote" format="square" post="123"]`.
 *
 * @param array|string $attributes The attributes.
 */
function shortcode( $attributes ): string {
	$given  = array( 'kind' => 'headline', 'format' => 'og', 'post' => 0 );
	$wanted = shortcode_atts( $given, (array) $attributes, 'storycard' );
	return figure( (int) $wanted['post'], sanitize_key( $wanted['kind'] ), sanitize_key( $wanted['format'] ) );
}

/**
 * Returns the HTML of the block.
 *
 * @param array $attributes The attributes.
 */
function block( array $attributes ): string {
	return figure( (int) $attributes['postId'], sanitize_key( $attributes['kind'] ), sanitize_key( $attributes['format'] ), get_block_wrapper_attributes() );
}

/**
 * Returns a card as HTML, or "" if the post has no such card. Its URL follows corrections.
 */
function figure( int $post_id, string $kind, string $format, string $wrapper = '' ): string {
	$post_id = $post_id ? $post_id : (int) get_the_ID();
	$card    = is_building() ? null : ( cards( $post_id )[ $kind ][ $format ] ?? null );
	if ( ! $card ) {
		return '';
	}
	$id  = article_id( $post_id );
	$img = sprintf(
		'<img src="%s" width="%d" height="%d" alt="%s" loading="lazy" style="max-width:100%%;height:auto">',
		esc_url( cards_url() . "/cards/$id/$kind/$format" ),
		$card['width'],
		$card['height'],
		esc_attr( $card['alt'] )
	);
	if ( (int) get_queried_object_id() !== $post_id ) {
		$img = sprintf( '<a href="%s">%s</a>', esc_url( get_permalink( $post_id ) ), $img );
	}
	return sprintf( '<figure %s>%s</figure>', '' !== $wrapper ? $wrapper : 'class="wp-block-storycard-card"', $img );
}
