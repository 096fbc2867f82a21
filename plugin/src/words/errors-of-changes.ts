import { __, _x, sprintf } from '@wordpress/i18n';
import type { errorsOfChanges } from '@email-gateway/shared';
import { diskWords, waitingWords } from './room-and-queue.ts';
import type { Sentences } from './failure.ts';
import { testLogWords } from './test-log.ts';

/** A change or a test that did not end well. */
export const ofChanges: Sentences< keyof typeof errorsOfChanges > = {
	disk_full: diskWords,
	files_not_writable: () => ( {
		happened: __( 'A file of the mail system cannot be changed on the server.', 'email-gateway' ),
		todo: __(
			'Its own words are below. Check whether the file is immutable (lsattr) or its disk is read-only, then try again.',
			'email-gateway'
		),
		leadsBelow: true,
	} ),
	packages_unavailable: () => ( {
		happened: __( 'The server cannot download the Postfix package.', 'email-gateway' ),
		todo: __( 'Check whether “apt-get update” works on the server.', 'email-gateway' ),
	} ),
	packages_refused: () => ( {
		happened: __( 'The package system of the server refuses this change.', 'email-gateway' ),
		todo: __(
			'Its own words are below. Release a held package with “apt-mark unhold NAME” on the server, then try again.',
			'email-gateway'
		),
		leadsBelow: true,
	} ),
	package_system_busy: () => ( {
		happened: __( 'The server is installing other packages at the moment.', 'email-gateway' ),
		todo: __( 'Try again in a few minutes.', 'email-gateway' ),
	} ),
	package_system_broken: () => ( {
		happened: __( 'The package system of the server is broken.', 'email-gateway' ),
		todo: __(
			'Run “dpkg --configure -a” and “apt-get -f install” on the server, then try again.',
			'email-gateway'
		),
	} ),
	configuration_refused: () => ( {
		happened: __( 'Postfix refused the new configuration.', 'email-gateway' ),
		todo: __( 'Its own words are below. This should not happen: please report it.', 'email-gateway' ),
		leadsBelow: true,
	} ),
	door_of_sign_in: ( { user } ) => ( {
		happened: sprintf(
			/* translators: %s: a Unix user */
			__( 'Email Gateway itself signs in to this server as %s.', 'email-gateway' ),
			user
		),
		todo: __(
			'Its checks of the mail provider would be refused, too. Leave this user out, or connect as another one.',
			'email-gateway'
		),
	} ),
	firewall_refused: () => ( {
		happened: __( 'The server did not take the rules that close side doors.', 'email-gateway' ),
		todo: __(
			'The words of nft are below. Some containers may not have rules of their own: ask the people who run the machine to allow nftables there, or choose no user.',
			'email-gateway'
		),
		leadsBelow: true,
	} ),
	postfix_did_not_start: ( { reason } ) => ( {
		happened: __( 'Postfix did not start with the new configuration.', 'email-gateway' ),
		...( reason === 'masked'
			? {
					todo: __(
						'Its service is switched off on the server (masked). Run “systemctl unmask postfix” there, then try again.',
						'email-gateway'
					),
			  }
			: {
					todo: __(
						'Its own words are below. Check whether another program holds port 25 of the server.',
						'email-gateway'
					),
					leadsBelow: true,
			  } ),
	} ),
	verify_failed: () => ( {
		happened: __( 'The server was not as expected after the change.', 'email-gateway' ),
		todo: __(
			'Check whether another tool (Ansible, Puppet…) writes the same files, then try again.',
			'email-gateway'
		),
	} ),
	apply_interrupted: () => ( {
		happened: __( 'The change on the server was interrupted.', 'email-gateway' ),
		todo: __( 'Try again: the server is repaired before anything else.', 'email-gateway' ),
	} ),
	job_took_too_long: ( { minutes } ) => ( {
		happened: sprintf(
			/* translators: %s: number of minutes */
			__( 'This was stopped after %s minutes: the server had not finished.', 'email-gateway' ),
			String( minutes )
		),
		todo: __( 'Press Check Connection to see the state of the server, then try again.', 'email-gateway' ),
	} ),
	undo_incomplete: () => ( {
		happened: __( 'The change failed, and not all of it could be rolled back.', 'email-gateway' ),
		todo: __( 'Try again: the rest is repaired first. What is left is listed below.', 'email-gateway' ),
		leadsBelow: true,
	} ),
	mail_waiting: waitingWords,
	test_not_submitted: () => ( {
		happened: __( 'The server’s sendmail did not accept the test email.', 'email-gateway' ),
		todo: __( 'Press Reinstall Email Gateway: it checks and repairs everything.', 'email-gateway' ),
	} ),
	test_of_refused_site: ( { why } ) =>
		why === 'cap'
			? {
					happened: __(
						'So much mail of the Unix user that sends the test email is held that the server takes no more of it for now.',
						'email-gateway'
					),
					todo: __(
						'Press Resume Sending or Change Cap under Sites on This Server, then send the test email again.',
						'email-gateway'
					),
			  }
			: {
					happened: __(
						'The Unix user that sends the test email is paused, and its mail is refused.',
						'email-gateway'
					),
					todo: __(
						'Press Resume Sending under Sites on This Server, then send the test email again.',
						'email-gateway'
					),
			  },
	test_not_found_in_log: testLogWords,
	test_tampered: () => ( {
		happened: __(
			'Another program on the server interfered with the test email: its result proves nothing.',
			'email-gateway'
		),
		todo: __(
			'A program that runs as the Unix user that sends the test email read the message and sent one like it. Check the sites of this user for malware, then send the test again.',
			'email-gateway'
		),
	} ),
	test_mails_exhausted: () => ( {
		happened: __( 'Ten test emails an hour are the limit for one server.', 'email-gateway' ),
		todo: __( 'Try again later.', 'email-gateway' ),
	} ),
	cancelled: ( { reason } ) =>
		reason === 'server_silent'
			? {
					happened: __( 'Cancelled. The server did not answer, so it could not be told.', 'email-gateway' ),
					todo: __(
						'Press Check Connection when it answers again, to see how far the change got.',
						'email-gateway'
					),
			  }
			: {
					happened: _x( 'Cancelled.', 'job', 'email-gateway' ),
					todo: __( 'You can start again at any time.', 'email-gateway' ),
			  },
};
