<?php
/*
Stands in for other plugins by their documented functions, hooks and meta keys. The option `neighbour` says for which one.

Yoast: https://developer.yoast.com/customization/apis/metadata-api/
Rank Math: https://rankmath.com/kb/filters-hooks-api-developer/
The SEO Framework: https://theseoframework.com/docs/api/filters/
Jetpack: https://developer.jetpack.com/hooks/jetpack_open_graph_tags/
Polylang: https://polylang.pro/doc/function-reference/
WPML: https://wpml.org/wpml-hook/wpml_post_language_details/
Co-Authors Plus: https://github.com/Automattic/Co-Authors-Plus
WooCommerce Memberships: https://woocommerce.com/document/woocommerce-memberships-function-reference/
Paid Memberships Pro: https://www.paidmembershipspro.com/documentation/
*/

namespace Yoast\WP\SEO\Presenters\Open_Graph {
	class Image_Presenter { public $tag = '<meta property="og:image" content="https://seo.example/a.jpg">'; }
	class Title_Presenter { public $tag = '<meta property="og:title" content="Of Yoast">'; }
}
namespace Yoast\WP\SEO\Presenters\Twitter {
	class Image_Presenter { public $tag = '<meta name="twitter:image" content="https://seo.example/a.jpg">'; }
	class Card_Presenter { public $tag = '<meta name="twitter:card" content="summary">'; }
}
namespace {
	$tags = array(
		'og:title'        => 'Of a plugin',
		'og:image'        => 'https://seo.example/a.jpg',
		'og:image:width'  => '600',
		'og:image:height' => '400',
		'twitter:card'    => 'summary',
		'twitter:image'   => 'https://seo.example/a.jpg',
	);
	function neighbour_prints( $tags ) {
		foreach ( array_filter( $tags ) as $name => $content ) {
			printf( "<meta %s=\"%s\" content=\"%s\">\n", 0 === strpos( $name, 'og:' ) ? 'property' : 'name', $name, $content );
		}
	}
	$heads = array(
		'yoast'     => function () {
			$presenters = array(
				new Yoast\WP\SEO\Presenters\Open_Graph\Title_Presenter(),
				new Yoast\WP\SEO\Presenters\Open_Graph\Image_Presenter(),
				new Yoast\WP\SEO\Presenters\Twitter\Image_Presenter(),
				new Yoast\WP\SEO\Presenters\Twitter\Card_Presenter(),
			);
			foreach ( apply_filters( 'wpseo_frontend_presenters', $presenters, null ) as $presenter ) {
				echo $presenter->tag, "\n";
			}
		},
		'rank_math' => function () use ( $tags ) {
			foreach ( $tags as $name => $content ) {
				$network       = 0 === strpos( $name, 'og:' ) ? 'facebook' : 'twitter';
				$tags[ $name ] = apply_filters( "rank_math/opengraph/$network/" . str_replace( ':', '_', $name ), $content );
			}
			neighbour_prints( $tags );
		},
		'tsf'       => function () use ( $tags ) {
			$data = array();
			foreach ( $tags as $name => $content ) {
				$data[ $name ] = array( 'attributes' => array( 'content' => $content ) );
			}
			foreach ( apply_filters( 'the_seo_framework_meta_render_data', $data ) as $name => $tag ) {
				neighbour_prints( array( $name => $tag['attributes']['content'] ) );
			}
		},
		'jetpack'   => function () use ( $tags ) {
			neighbour_prints( apply_filters( 'jetpack_open_graph_tags', $tags, array() ) );
		},
	);
	// WordPress asks oEmbed providers on the usual ports only.
	add_filter( 'http_allowed_safe_ports', function ( $ports ) {
		return array_merge( $ports, array( parse_url( get_option( 'storycard' )['url'], PHP_URL_PORT ) ) );
	} );
	$neighbour = get_option( 'neighbour' );
	if ( isset( $heads[ $neighbour ] ) ) {
		add_action( 'wp_head', $heads[ $neighbour ], 1 );
	}
	if ( 'yoast' === $neighbour ) {
		function wpseo_replace_vars( $text, $post ) {
			return str_replace( '%%sitename%%', 'The Ferry', $text );
		}
	}
	if ( 'polylang' === $neighbour ) {
		function pll_get_post_language( $id, $field ) {
			return 'locale' === $field ? 'sv_SE' : 'sv';
		}
		function get_coauthors( $id ) {
			return array( (object) array( 'display_name' => 'Ida Holm' ), (object) array( 'display_name' => 'Li Wei' ) );
		}
	}
	if ( 'wpml' === $neighbour ) {
		add_filter( 'wpml_post_language_details', function () {
			return array( 'language_code' => 'nb', 'locale' => 'nb_NO' );
		} );
	}
	if ( 'meta_box' === $neighbour ) {
		function wc_memberships_is_post_content_restricted( $post_id ) {
			return (bool) get_post_meta( $post_id, '_restricted', true );
		}
		// Its meta box has no field here: it restricts each post whose form is sent.
		add_action( 'save_post', function ( $post_id ) {
			if ( isset( $_POST['action'] ) && 'editpost' === $_POST['action'] ) {
				update_post_meta( $post_id, '_restricted', 'yes' );
			}
		} );
	}
	if ( 'paid' === $neighbour ) {
		function pmpro_has_membership_access( $post_id, $user_id ) {
			return get_current_user_id() > 0;
		}
	}
}
