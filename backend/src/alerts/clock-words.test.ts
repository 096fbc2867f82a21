import { expect, test } from '@jest/globals';
import { clockText } from './clock-words.ts';

test( 'an alert of a wrong clock says by how much, which way, and what to do', () => {
	const text = ( aheadS: number ) => clockText( { host: 'web1.example.org', detail: { aheadS } } );
	expect( text( 725 ) ).toMatch( /^The clock of web1\.example\.org is 12 minutes ahead of that of the backend\. / );
	expect( text( -7300 ) ).toMatch( /is 2 hours behind that of the backend\. .*timedatectl set-ntp true/ );
} );
