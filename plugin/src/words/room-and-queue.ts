import { __, sprintf } from '@wordpress/i18n';
import type { DetailOf } from '@email-gateway/shared';
import type { Words } from './failure.ts';

/** The sentences of disk_full: which file system it is, where that is known. */
export function diskWords( { where = '', freeInodes }: DetailOf< 'disk_full' > ): Words {
	const happened =
		where === '' || where === '/'
			? __( 'The disk of the server is full.', 'email-gateway' )
			: /* translators: %s: a folder on the server, e.g. /var/log */
			  sprintf( __( 'The disk of the server is full: no room is left in %s.', 'email-gateway' ), where );
	return {
		happened,
		todo:
			freeInodes === undefined
				? __( 'Free some space there, then try again.', 'email-gateway' )
				: __(
						'It has free space, but no inodes for more files. Delete files there that are not needed, then try again.',
						'email-gateway'
				  ),
	};
}

/** The sentences of mail_waiting: mail that a person holds is told apart, for it does not leave while it is held. */
export function waitingWords( { waiting: all, held = 0 }: DetailOf< 'mail_waiting' > ): Words {
	const waiting = String( all );
	const happened = __( 'Mail is still waiting on this server, so nothing was removed.', 'email-gateway' );
	return held === 0
		? {
				happened,
				/* translators: %s: number of messages */
				mail: sprintf(
					__( 'Waiting messages: %s. The server keeps retrying them.', 'email-gateway' ),
					waiting
				),
				todo: __( 'Wait until they are delivered, or choose to save them before removing.', 'email-gateway' ),
		  }
		: {
				happened,
				mail: sprintf(
					/* translators: 1: number of messages, 2: how many of them are held */
					__(
						'Waiting messages: %1$s. %2$s of them are held on the server and are not tried.',
						'email-gateway'
					),
					waiting,
					String( held )
				),
				todo: __(
					'Choose to save them before removing, or run “postsuper -H ALL” on the server: they are tried again then.',
					'email-gateway'
				),
		  };
}
