<?php
/**
 * Puts the headline card into the head of a post's page, and takes the images of SEO plugins out of it, so that there are never two.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

add_action( 'wp', __NAMESPACE__ . '\\prepare_head' );

/**
 * Returns the card for the link preview of the page that is shown, or null.
 */
function preview_card(): ?array {
	$settings = settings();
	if ( ! $settings['head'] || ! is_singular( $settings['types'] ) ) {
		return null;
	}
	return cards( get_queried_object_id() )['headline']['og'] ?? null;
}

/**
 * Sets the hooks of a page that has a card.
 */
function prepare_head(): void {
	if ( ! preview_card() ) {
		return;
	}
	add_action( 'wp_head', __NAMESPACE__ . '\\print_head', 5 );
	// https://developer.yoast.com/customization/apis/metadata-api/ .
	add_filter( 'wpseo_frontend_presenters', __NAMESPACE__ . '\\without_yoast_images', 99 );
	// Rank Math prints no tag without a value: https://rankmath.com/kb/filters-hooks-api-developer/ .
	foreach ( array( '', '_secure_url', '_width', '_height', '_alt', '_type' ) as $part ) {
		add_filter( "rank_math/opengraph/facebook/og_image$part", '__return_empty_string', 99 );
	}
	foreach ( array( 'image', 'card' ) as $part ) {
		add_filter( "rank_math/opengraph/twitter/twitter_$part", '__return_empty_string', 99 );
	}
	// The SEO Framework 5.0 and later, Jetpack.
	add_filter( 'the_seo_framework_meta_render_data', __NAMESPACE__ . '\\without_image_tags', 99 );
	add_filter( 'jetpack_open_graph_tags', __NAMESPACE__ . '\\without_image_tags', 99 );
}

/**
 * Prints the tags of the card. Its URL is pinned, because networks keep an image by its URL.
 */
function print_head(): void {
	$card = preview_card();
	$tags = array(
		'og:image'        => $card['url'],
		'og:image:type'   => $card['type'],
		'og:image:width'  => $card['width'],
		'og:image:height' => $card['height'],
		'og:image:alt'    => $card['alt'],
	);
	foreach ( $tags as $name => $value ) {
		printf( "<meta property=\"%s\" content=\"%s\">\n", esc_attr( $name ), esc_attr( $value ) );
	}
	$tags = array(
		'twitter:card'      => 'summary_large_image',
		'twitter:image'     => $card['url'],
		'twitter:image:alt' => $card['alt'],
	);
	foreach ( $tags as $name => $value ) {
		printf( "<meta name=\"%s\" content=\"%s\">\n", esc_attr( $name ), esc_attr( $value ) );
	}
}

/**
 * Takes the presenters of images and of the kind of Twitter's card out of Yoast's.
 *
 * @param mixed $presenters Yoast's presenters.
 * @return mixed
 */
function without_yoast_images( $presenters ) {
	return is_array( $presenters ) ? array_filter(
		$presenters,
		static function ( $presenter ): bool {
			return ! is_object( $presenter ) || ! preg_match( '/\\\\(?:Open_Graph\\\\Image|Twitter\\\\Image|Twitter\\\\Card)_Presenter$/D', get_class( $presenter ) );
		}
	) : $presenters;
}

/**
 * Takes tags about images, and the kind of Twitter's card, out of a list by their names.
 *
 * @param mixed $tags Tags by name.
 * @return mixed
 */
function without_image_tags( $tags ) {
	return is_array( $tags ) ? array_filter(
		$tags,
		static function ( $name ): bool {
			return ! preg_match( '/^(?:og:image|twitter:image|twitter:card)(?::|$)/', (string) $name );
		},
		ARRAY_FILTER_USE_KEY
	) : $tags;
}
