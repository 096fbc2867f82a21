import { expect, test } from '@jest/globals';
import { askMailServers } from './ask-mail-servers.ts';
import { startTestDns } from './test-dns.ts';

test( 'asks DNS who takes mail for a name, and leaves out what it did not answer', async () => {
	const dns = await startTestDns( {
		'takes.example': { MX: [ 'mx.takes.example' ] },
		'null.example': { MX: [ '' ] },
		'web1.example': { A: [ '192.0.2.1' ] },
		'silent.example': 'silent',
	} );
	try {
		const names = [ 'takes.example', 'null.example', 'web1.example', 'none.example', 'silent.example' ];
		const signal = AbortSignal.timeout( 20_000 );

		const answers = await askMailServers( { names, dnsServers: [ dns.address ], signal } );

		expect( Object.fromEntries( answers ) ).toEqual( {
			'takes.example': true,
			'null.example': false,
			'web1.example': false,
			'none.example': false,
		} );
	} finally {
		dns.stop();
	}
}, 30_000 );
