import { describe, expect, test } from '@jest/globals';
import { installSentences, removedSentences } from './outcome-words.ts';

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
			'The server was already right: nothing was changed.',
		] );
	} );
} );

test( 'a removal tells what is back, and where waiting mail lies', () => {
	const removed = { verb: 'remove_gateway' as const, restored: 'exim4', savedQueue: '/root/mail' };
	expect( removedSentences( removed ).join( ' ' ) ).toMatch( /exim4 is back.*saved in \/root\/mail on the server/ );
	expect( removedSentences( { ...removed, restored: null, savedQueue: null } ) ).toHaveLength( 1 );
} );
