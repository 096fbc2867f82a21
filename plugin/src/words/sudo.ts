import { __ } from '@wordpress/i18n';
import type { DetailOf, SudoReason } from '@email-gateway/shared';
import type { Words } from './failure.ts';
import { oneOf } from './one-of.ts';

const signInAsRoot = () => __( 'Or sign in as root.', 'email-gateway' );

/** Why the user at sign-in does not become root, by the reason that the backend tells. */
const sentences: Record< SudoReason, () => Words > = {
	no_sudo: () => ( {
		happened: __( 'SSH User is not root, and sudo is not installed on this server.', 'email-gateway' ),
		todo: __( 'Sign in as root, or install sudo and allow this user to run every command.', 'email-gateway' ),
	} ),
	wrong_password: () => ( {
		happened: __( 'On this server, sudo did not accept the Sudo Password.', 'email-gateway' ),
		todo: __( 'Type the Sudo Password again. It is the password of SSH User on the server.', 'email-gateway' ),
	} ),
	needs_tty: () => ( {
		happened: __( 'On this server, sudo works in a terminal only (requiretty).', 'email-gateway' ),
		todo:
			__( 'Add “Defaults:USER !requiretty” to sudoers, with SSH User as USER.', 'email-gateway' ) +
			' ' +
			signInAsRoot(),
	} ),
	limited: () => ( {
		happened: __( 'On this server, sudo allows SSH User some commands only.', 'email-gateway' ),
		todo: __( 'Allow SSH User to run every command (ALL) in sudoers.', 'email-gateway' ) + ' ' + signInAsRoot(),
	} ),
	noexec: () => ( {
		happened: __( 'On this server, sudo lets no command start another program (noexec).', 'email-gateway' ),
		todo:
			__( 'Add “Defaults:USER !noexec” to sudoers, with SSH User as USER.', 'email-gateway' ) +
			' ' +
			signInAsRoot(),
	} ),
	no_place: () => ( {
		happened: __( 'SSH User can write to no folder of this server, not even /dev/shm or /tmp.', 'email-gateway' ),
		todo: __( 'Let this user write to /dev/shm or /tmp.', 'email-gateway' ) + ' ' + signInAsRoot(),
	} ),
	refused: () => ( {
		happened: __( 'On this server, sudo refused.', 'email-gateway' ),
		todo: __( 'Allow SSH User to run every command in sudoers, or sign in as root.', 'email-gateway' ),
	} ),
};

/** The sentences of sudo_refused. */
export const sudoWords = ( { reason }: DetailOf< 'sudo_refused' > ): Words =>
	sentences[ oneOf( sentences, reason ) ?? 'refused' ]();
