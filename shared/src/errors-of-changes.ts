import { count, failure, list, maybe, oneOfThese, text } from './failure.ts';
import { z } from 'zod';

/** Why nothing is known of a test email. With the first two none was sent. */
export const testLogReasons = [ 'no_log', 'forgeable_log', 'unseen', 'gone' ] as const;
export type TestLogReason = ( typeof testLogReasons )[ number ];

/** What a program that changes a server tells when it has failed. */
const ofRun = {
	/** The last words of what failed. */
	output: maybe( text ),
	reason: maybe( text ),
	/** Folder on the server where giving back has saved the mail that waited. */
	savedQueue: maybe( text ),
};

/** A change or a test that did not end well. */
export const errorsOfChanges = {
	/** `where`: the folder that is full; `freeInodes`: it has room, and can hold no more files. */
	disk_full: failure( 507, {
		...ofRun,
		where: maybe( text ),
		freeKib: maybe( count ),
		neededKib: maybe( count ),
		freeInodes: maybe( count ),
	} ),
	files_not_writable: failure( 409, ofRun ),
	packages_unavailable: failure( 502, ofRun ),
	packages_refused: failure( 409, ofRun ),
	package_system_busy: failure( 409, ofRun ),
	package_system_broken: failure( 409, ofRun ),
	configuration_refused: failure( 502, ofRun ),
	/** `user`: as whom we are signed in; our own checks of a provider go through that session. */
	door_of_sign_in: failure( 409, { user: text } ),
	/** The kernel, or nft, would not take the table of closed side doors: in some containers it may not. */
	firewall_refused: failure( 502, ofRun ),
	/** `masked`: its service is switched off on the server. */
	postfix_did_not_start: failure( 502, { ...ofRun, reason: maybe( z.enum( [ 'masked' ] ) ) } ),
	/** `left`: what would still have to be changed. */
	verify_failed: failure( 502, { ...ofRun, left: maybe( list ) } ),
	apply_interrupted: failure( 502, { ...ofRun, deliveredBefore: maybe( count ) } ),
	job_took_too_long: failure( 504, { minutes: count } ),
	undo_incomplete: failure( 502, ofRun ),
	mail_waiting: failure( 409, { ...ofRun, waiting: count, held: count } ),
	test_not_submitted: failure( 502, { exitCode: maybe( count ), said: maybe( text ) } ),
	/** The site's mail is refused at once: its sending is paused so, or too much of it is held already. */
	test_of_refused_site: failure( 409, { why: oneOfThese( [ 'pause', 'cap' ], 'pause' ) } ),
	test_not_found_in_log: failure( 504, { reason: oneOfThese( testLogReasons, 'unseen' ) } ),
	test_tampered: failure( 409, {} ),
	test_mails_exhausted: failure( 429, { anHour: count } ),
	/** `server_silent`: it did not answer, and was let go of. */
	cancelled: failure( 409, { ...ofRun, reason: maybe( z.enum( [ 'server_silent' ] ) ) } ),
};
