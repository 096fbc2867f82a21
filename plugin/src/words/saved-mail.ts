import { __, sprintf } from '@wordpress/i18n';

/** Where the mail lies that waited on a server whose Postfix went. */
export function savedMailWords( folder: string ): string {
	/* translators: %s: a directory on the server */
	return sprintf( __( 'Waiting mail was saved in %s on the server.', 'email-gateway' ), folder );
}
