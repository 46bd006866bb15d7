<?php
/**
 * Reads what the REST API lacks: languages, titles for social networks, authors, the primary category, the photograph, labels.
 *
 * Other plugins are asked by their documented functions, filters and meta keys, and only if they are there.
 *
 * @package Storycard
 */

namespace Storycard;

defined( 'ABSPATH' ) || exit;

// Meta keys of titles and descriptions for social networks: Yoast, Rank Math, The SEO Framework.
const TITLE_KEYS       = array( '_yoast_wpseo_opengraph-title', 'rank_math_facebook_title', '_open_graph_title' );
const X_TITLE_KEYS     = array( '_yoast_wpseo_twitter-title', 'rank_math_twitter_title', '_twitter_title' );
const DESCRIPTION_KEYS = array( '_yoast_wpseo_opengraph-description', 'rank_math_facebook_description', '_open_graph_description' );
const SUBTITLE_KEYS    = array( 'newspack_post_subtitle', 'wps_subtitle', 'subtitle', '_subtitle' );
const PRIMARY_KEYS     = array( '_yoast_wpseo_primary_category', 'rank_math_primary_category', '_primary_term_category' );
// Functions of membership plugins, whose meta boxes say who may read a post.
const MEMBERSHIP_FUNCTIONS = array( 'pmpro_has_membership_access', 'rcp_is_restricted_content', 'wc_memberships_is_post_content_restricted' );

/**
 * Returns what Storycard needs besides the REST API's post, in the words of its native format. Runs as a visitor without an account.
 */
function post_fields( \WP_Post $post ): array {
	$own    = editor_fields( $post->ID );
	$fields = array(
		'language'         => post_language( $post ),
		'social_headlines' => array(
			'all' => '' !== $own['social_headline'] ? $own['social_headline'] : first_meta( $post, TITLE_KEYS ),
			'x'   => '' !== $own['social_headline'] ? '' : first_meta( $post, X_TITLE_KEYS ),
		),
		'description'      => first_meta( $post, DESCRIPTION_KEYS ),
		'deck'             => first_meta( $post, SUBTITLE_KEYS ),
		'section'          => primary_category( $post ),
		'byline'           => authors( $post ),
		'label'            => label( $post ),
		'paid'             => has_tag_of( $post, 'paid' ) || (bool) get_post_meta( $post->ID, 'sponsored', true ),
		'closed'           => is_closed( $post ),
		'key_fact'         => $own['key_fact'],
		'quote'            => array(
			'text'    => $own['quote'],
			'speaker' => $own['quote_speaker'],
		),
		'image'            => photograph( $post ),
	);
	/**
	 * Filters what is sent with a post besides the REST API's fields.
	 *
	 * @param array    $fields The fields.
	 * @param \WP_Post $post   The post.
	 */
	return (array) apply_filters( 'storycard_post_fields', $fields, $post );
}

/**
 * Returns the language tag of a post: that of Polylang or WPML, else that of the site.
 */
function post_language( \WP_Post $post ): string {
	$locale = '';
	if ( function_exists( 'pll_get_post_language' ) ) {
		$locale = (string) pll_get_post_language( $post->ID, 'locale' );
	} elseif ( has_filter( 'wpml_post_language_details' ) ) {
		$details = apply_filters( 'wpml_post_language_details', null, $post->ID ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WPML's
		$locale  = is_array( $details ) ? (string) ( $details['locale'] ?? $details['language_code'] ?? '' ) : '';
	}
	// Locales such as de_DE_formal have parts that language tags have not.
	return preg_match( '/^[a-z]{2,3}(?:[_-][A-Z]{2})?/', '' !== $locale ? $locale : get_locale(), $found ) ? strtr( $found[0], '_', '-' ) : '';
}

/**
 * Returns the first text that is not empty among the post's meta. Variables of SEO plugins are replaced by these plugins.
 *
 * @param \WP_Post $post The post.
 * @param string[] $keys Meta keys.
 */
function first_meta( \WP_Post $post, array $keys ): string {
	foreach ( $keys as $key ) {
		$text = get_post_meta( $post->ID, $key, true );
		$text = is_string( $text ) ? trim( $text ) : '';
		if ( false !== strpos( $text, '%' ) && 0 === strpos( $key, '_yoast' ) && function_exists( 'wpseo_replace_vars' ) ) {
			$text = (string) wpseo_replace_vars( $text, $post );
		} elseif ( false !== strpos( $text, '%' ) && 0 === strpos( $key, 'rank_math' ) && is_callable( array( '\\RankMath\\Helper', 'replace_vars' ) ) ) {
			$text = (string) \RankMath\Helper::replace_vars( $text, $post );
		}
		// A variable that is still there was written for a plugin that is gone.
		if ( '' !== $text && ! preg_match( '/%%?[a-z_]+%/', $text ) ) {
			return $text;
		}
	}
	return '';
}

/**
 * Returns the name of the category that an SEO plugin calls primary, else of the first one.
 */
function primary_category( \WP_Post $post ): string {
	foreach ( PRIMARY_KEYS as $key ) {
		$term = get_term( (int) get_post_meta( $post->ID, $key, true ), 'category' );
		if ( $term instanceof \WP_Term && has_category( $term->term_id, $post ) ) {
			return $term->name;
		}
	}
	$categories = get_the_category( $post->ID );
	return $categories ? $categories[0]->name : '';
}

/**
 * Returns the names of the authors, those of Co-Authors Plus where it is present.
 *
 * @return string[]
 */
function authors( \WP_Post $post ): array {
	$names = function_exists( 'get_coauthors' ) ? wp_list_pluck( (array) get_coauthors( $post->ID ), 'display_name' ) : array();
	$names = array_values( array_filter( $names ) );
	return $names ? $names : array_filter( array( (string) get_the_author_meta( 'display_name', (int) $post->post_author ) ) );
}

/**
 * Returns the label that a tag of the settings gives a post, or "".
 */
function label( \WP_Post $post ): string {
	foreach ( array( 'breaking', 'live', 'correction' ) as $label ) {
		if ( has_tag_of( $post, $label ) ) {
			return $label;
		}
	}
	return '';
}

/**
 * Returns whether a post has one of the tags that a setting lists.
 */
function has_tag_of( \WP_Post $post, string $setting ): bool {
	$slugs = array_filter( array_map( 'trim', explode( ',', settings()[ $setting ] ) ) );
	return $slugs && has_tag( $slugs, $post );
}

/**
 * Returns whether readers without an account may not read a post. Jetpack's setting is in the post's meta, which is sent too.
 */
function is_closed( \WP_Post $post ): bool {
	$is_closed = ( function_exists( 'pmpro_has_membership_access' ) && ! pmpro_has_membership_access( $post->ID, 0 ) )
		|| ( function_exists( 'rcp_is_restricted_content' ) && rcp_is_restricted_content( $post->ID ) )
		|| ( function_exists( 'wc_memberships_is_post_content_restricted' ) && wc_memberships_is_post_content_restricted( $post->ID ) );
	/**
	 * Filters whether readers without an account may not read a post. Its text is then on no card.
	 *
	 * @param bool     $is_closed Whether a known plugin restricts the post.
	 * @param \WP_Post $post      The post.
	 */
	return (bool) apply_filters( 'storycard_is_closed', $is_closed, $post );
}

/**
 * Returns the featured image with its credit and focal point, or null.
 */
function photograph( \WP_Post $post ): ?array {
	$id    = (int) get_post_thumbnail_id( $post );
	$image = $id ? wp_get_attachment_image_src( $id, 'full' ) : false;
	if ( ! $image ) {
		return null;
	}
	$details = wp_get_attachment_metadata( $id );
	$credit  = (string) get_post_meta( $id, '_media_credit', true );
	return array(
		'url'         => $image[0],
		'alt'         => (string) get_post_meta( $id, '_wp_attachment_image_alt', true ),
		'credit'      => '' !== $credit ? $credit : (string) ( $details['image_meta']['credit'] ?? '' ),
		'caption'     => (string) wp_get_attachment_caption( $id ),
		'focal_point' => focal_point( $post, $id ),
	);
}

/**
 * Returns the focal point of an image as shares of its width and height, or null: that of WP SmartCrop, or of a cover block with the image.
 */
function focal_point( \WP_Post $post, int $image_id ): ?array {
	$point = null;
	$crop  = get_post_meta( $image_id, '_wpsmartcrop_image_focus', true );
	if ( get_post_meta( $image_id, '_wpsmartcrop_enabled', true ) && is_array( $crop ) && isset( $crop['left'], $crop['top'] ) ) {
		$point = array( (float) $crop['left'] / 100, (float) $crop['top'] / 100 );
	} else {
		foreach ( parse_blocks( $post->post_content ) as $block ) {
			$is_image = 'core/cover' === $block['blockName']
				&& ( ! empty( $block['attrs']['useFeaturedImage'] ) || (int) ( $block['attrs']['id'] ?? 0 ) === $image_id );
			if ( $is_image && isset( $block['attrs']['focalPoint']['x'], $block['attrs']['focalPoint']['y'] ) ) {
				$point = array( (float) $block['attrs']['focalPoint']['x'], (float) $block['attrs']['focalPoint']['y'] );
				break;
			}
		}
	}
	/**
	 * Filters the focal point of a photograph.
	 *
	 * @param float[]|null $point    Shares of the width and the height, 0 to 1 from the top left, or null.
	 * @param int          $image_id The attachment.
	 */
	return apply_filters( 'storycard_focal_point', $point, $image_id );
}
