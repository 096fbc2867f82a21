<?php
/**
 * Plugin Name: A plain metabox
 * Description: The fields of our form as WordPress has always made them, to measure our screen against.
 *
 * @package Email_Gateway_Lab
 */

add_action(
	'init',
	static function () {
		register_post_type(
			'bench_plain',
			array(
				'label'    => 'Plain',
				'show_ui'  => true,
				'supports' => array( 'title' ),
			)
		);
	}
);
add_action(
	'add_meta_boxes_bench_plain',
	static function () {
		add_meta_box(
			'bench-plain',
			'Email Gateway',
			static function ( WP_Post $post ) {
				foreach ( array( 'Host', 'SMTP Server', 'SMTP Port', 'User Name', 'Password', 'Sending Domain' ) as $label ) {
					$key = sanitize_key( "bench_$label" );
					printf(
						'<p><label>%s <input name="%s" value="%s"></label></p>',
						esc_html( $label ),
						esc_attr( $key ),
						esc_attr( get_post_meta( $post->ID, $key, true ) )
					);
				}
			},
			'bench_plain'
		);
	}
);
