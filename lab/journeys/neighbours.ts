/** Plugins of others that `npm run lab -- real` has laid into the site; none in `npm test`, which plays them. */
const real = new Set( process.env.EMAIL_GATEWAY_REAL_IN_SITE?.split( ',' ) );

/** What is activated to have WPCloudDeploy: WP-CLI's names, in order. */
export const wpcdPlugins =
	real.has( 'wp-cloud-deploy' ) && real.has( 'meta-box' ) ? [ 'meta-box', 'wp-cloud-deploy' ] : [ 'wpcd-stand-in' ];

/** WooCommerce under Plugins. */
export const shopPlugin = real.has( 'woocommerce' ) ? 'woocommerce/woocommerce.php' : 'woocommerce-stand-in.php';
