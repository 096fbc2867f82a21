import { describe, expect, test } from '@jest/globals';
import { deliveredSentences, installSentences, removedSentences } from './outcome-words.ts';

const verb = 'install_gateway' as const;

describe( 'the end of an install', () => {
	test( 'waiting messages that went out are counted', () => {
		const one = installSentences( { verb, alreadyRight: false, deliveredAfter: 1, stillWaiting: 0 } );
		expect( one ).toEqual( [ expect.stringMatching( /^Installed/ ), '1 waiting message delivered.' ] );
		const many = installSentences( { verb, alreadyRight: false, deliveredAfter: 12, stillWaiting: 2 } );
		expect( many.slice( 1 ) ).toEqual( [ '12 waiting messages delivered.', '2 messages are still waiting.' ] );
	} );

	test( 'mail that an earlier try took out of the queue is told with its place', () => {
		const told = { verb, alreadyRight: false, deliveredAfter: 0, stillWaiting: 0, savedQueue: '/var/lib/saved' };
		expect( installSentences( told ).at( -1 ) ).toBe( 'Waiting mail was saved in /var/lib/saved on the server.' );
	} );

	test( 'a server that was right says so', () => {
		expect( installSentences( { verb, alreadyRight: true, deliveredAfter: 0, stillWaiting: 0 } ) ).toEqual( [
			'Already up to date. No changes were needed.',
		] );
	} );
} );

test( 'after Deliver Waiting Mail each message is accounted for', () => {
	const ended = {
		verb: 'deliver_waiting_mail' as const,
		choice: 'hold' as const,
		delivered: 8,
		stillWaiting: 1,
		older: 4,
	};
	expect( deliveredSentences( ended ) ).toEqual( [
		'8 waiting messages delivered.',
		'1 message is still waiting.',
		expect.stringMatching( /test email/ ),
		expect.stringMatching( /^4 older messages stay on hold/ ),
	] );
	expect( deliveredSentences( { ...ended, choice: 'deliver', delivered: 0, stillWaiting: 0, older: 0 } ) ).toEqual( [
		expect.stringMatching( /^Nothing waited/ ),
	] );
} );

test( 'a removal tells what is back, and where waiting mail lies', () => {
	const removed = { verb: 'remove_gateway' as const, restored: 'exim4', savedQueue: '/root/mail' };
	expect( removedSentences( removed ).join( ' ' ) ).toMatch( /exim4 is back.*saved in \/root\/mail on the server/ );
	expect( removedSentences( { ...removed, restored: null, savedQueue: null } ) ).toHaveLength( 1 );
} );
