import { expect, test } from '@jest/globals';
import { pastedHost } from './pasted-host.ts';

test.each( [
	[ 'root@web1.example.com', { host: 'web1.example.com', sshUser: 'root' } ],
	[ ' 203.0.113.7:2222\n', { host: '203.0.113.7', sshPort: '2222' } ],
	[ 'deploy@WEB1.example.com:22', { host: 'web1.example.com', sshPort: '22', sshUser: 'deploy' } ],
	[ 'https://203.0.113.7/', { host: '203.0.113.7' } ],
	[ 'https://panel.example.com:8443/server/12?tab=ssh', { host: 'panel.example.com' } ],
	[ 'ssh://admin@203.0.113.7:2222', { host: '203.0.113.7', sshPort: '2222', sshUser: 'admin' } ],
	[ 'ssh root@203.0.113.7', { host: '203.0.113.7', sshUser: 'root' } ],
	[ 'ssh -p 2222 root@203.0.113.7', { host: '203.0.113.7', sshPort: '2222', sshUser: 'root' } ],
	[ 'ssh root@203.0.113.7 -p 2222', { host: '203.0.113.7', sshPort: '2222', sshUser: 'root' } ],
] )( '%j is taken apart', ( text, found ) => {
	expect( pastedHost( text ) ).toEqual( found );
} );

test.each( [ 'web1.example.com', '203.0.113.7', 'two words', '', 'https://' ] )( '%j is pasted as it is', ( text ) => {
	expect( pastedHost( text ) ).toBe( null );
} );
