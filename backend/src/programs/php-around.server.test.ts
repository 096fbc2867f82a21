import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { connectTo, testServers } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { planFor, say } from './test-gateway.ts';

jest.setTimeout( 120_000 );

/** A version of PHP as Debian lays it down, besides whatever the server has. */
const conf = '/etc/php/9.9/fpm';
const putAway = 'rm -rf /etc/php/9.9 /usr/lib/php/9.9 /usr/local/bin/eg-wrapper';

describe.each( testServers() )( 'PHP that sends mail another way ($kind)', ( server ) => {
	let remote: Remote;
	/** What a look tells where those lines stand in files below the folder of FPM. */
	const seen = async ( files: Record< string, string > ) => {
		const write = Object.entries( files ).map(
			( [ name, text ] ) =>
				`echo '${ Buffer.from( text ).toString( 'base64' ) }' | base64 -d >${ conf }/${ name }`
		);
		await say(
			remote,
			`${ putAway }; mkdir -p /usr/lib/php/9.9 ${ conf }/pool.d ${ conf }/conf.d
			printf '#!/bin/sh\\nexec sendmail -t -i -f bounces@example.com\\n' >/usr/local/bin/eg-wrapper
			${ write.join( '\n' ) }`
		);
		return ( await planFor( remote ) ).facts.phpAround;
	};

	beforeAll( async () => {
		remote = await connectTo( server );
	} );
	afterAll( async () => {
		await say( remote, putAway );
		remote.close();
	} );

	test( 'is told with the program and the file, and with no more of the line', async () => {
		const found = await seen( {
			'php.ini': 'sendmail_path = "/usr/sbin/ssmtp -t -ap hunter2"\n',
			'pool.d/www.conf': '[www]\nphp_admin_value[disable_functions] = exec,mail,system\n',
			'conf.d/99-mailhog.ini': `sendmail_path='/usr/bin/env' catchmail\n`,
		} );

		expect( found ).toEqual( [
			{ program: null, file: `${ conf }/pool.d/www.conf` },
			{ program: '/usr/bin/env', file: `${ conf }/conf.d/99-mailhog.ini` },
			{ program: '/usr/sbin/ssmtp', file: `${ conf }/php.ini` },
		] );
	} );

	test( 'is not what calls sendmail, is commented out, or was left by a version that is gone', async () => {
		const found = await seen( {
			'php.ini':
				';sendmail_path = /usr/bin/msmtp\nsendmail_path = "/usr/sbin/sendmail -t -i"\nsendmail_path =\ndisable_functions = mb_send_mail,exec\n',
			'pool.d/www.conf': 'php_admin_value[sendmail_path] = /usr/local/bin/eg-wrapper\n',
			'php.ini.dpkg-old': 'sendmail_path = /usr/bin/msmtp\n',
		} );
		expect( found ).toEqual( [] );

		await say( remote, `echo 'sendmail_path = /usr/bin/msmtp' >${ conf }/php.ini; rm -rf /usr/lib/php/9.9` );
		expect( ( await planFor( remote ) ).facts.phpAround ).toEqual( [] );
	} );
} );
