import { __, sprintf } from '@wordpress/i18n';
import type { PlannedStep } from '@email-gateway/shared';

const sentences: Record< PlannedStep[ 'kind' ], ( subject: string ) => string > = {
	/* translators: %s: package */
	install_package: ( subject ) => sprintf( __( 'Install the package %s', 'email-gateway' ), subject ),
	/* translators: %s: package */
	remove_package: ( subject ) => sprintf( __( 'Remove the package %s', 'email-gateway' ), subject ),
	/* translators: %s: file */
	write_file: ( subject ) => sprintf( __( 'Write %s', 'email-gateway' ), subject ),
	/* translators: %s: file */
	remove_file: ( subject ) => sprintf( __( 'Remove %s', 'email-gateway' ), subject ),
	/* translators: %s: parameter of Postfix */
	set_parameter: ( subject ) => sprintf( __( 'Set %s', 'email-gateway' ), subject ),
	/* translators: %s: service */
	enable_service: ( subject ) => sprintf( __( 'Start %s, now and at every boot', 'email-gateway' ), subject ),
	/* translators: %s: service */
	reload: ( subject ) => sprintf( __( 'Reload %s', 'email-gateway' ), subject ),
	/* translators: %s: service */
	restart: ( subject ) => sprintf( __( 'Restart %s', 'email-gateway' ), subject ),
	/* translators: %s: service of Postfix, e.g. submission/inet */
	remove_service: ( subject ) => sprintf( __( 'Remove %s from master.cf', 'email-gateway' ), subject ),
	/* translators: %s: directory */
	open_directory: ( subject ) => sprintf( __( 'Open the directory %s', 'email-gateway' ), subject ),
};

/** One planned change in words. */
export function plannedWords( { kind, subject }: PlannedStep ): string {
	return sentences[ kind ]( subject );
}
