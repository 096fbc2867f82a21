import { expect, test } from '@jest/globals';
import type { FileSystem } from '@email-gateway/shared';
import { roomText } from './room-words.ts';

const spool: FileSystem = {
	...{ of: 'queue', folder: '/var/spool/postfix', freeBytes: 214_500_000, freeFiles: 9000 },
	...{ lacks: 'space', refusesBelowBytes: 39_321_600 },
};
const text = ( change: Partial< FileSystem > ) =>
	roomText( { host: 'web1.example.org', detail: { room: { ...spool, ...change } } } );

test( 'an alert of a full disk says what is left, when mail is refused, and what to do before', () => {
	expect( text( {} ) ).toBe(
		'Only 214 MB are left for mail on web1.example.org (/var/spool/postfix). Below 39 MB Postfix refuses what sites send by SMTP; once nothing is left, no site can send. Delete what is not needed there, for example old backups, or make the disk larger.'
	);
	expect( text( { freeBytes: 39_321_600 } ) ).toMatch(
		/^Only 39 MB .*, so Postfix refuses .* What waits is kept\.$/
	);
	expect( text( { lacks: 'files', freeFiles: 12 } ) ).toMatch(
		/^Only 12 more files \(inodes\) are left .* Delete files/
	);
	expect( text( { of: 'log', folder: '/var/log/email-gateway' } ) ).toMatch(
		/the mail log on .* mail still goes out/
	);
} );
