import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { connectTo, serverOf } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { remove } from './remove.ts';
import { follower, install, removeIfThere, say, stateOf } from './test-gateway.ts';

jest.setTimeout( 600_000 );

/** Configuration that scripts of the package make and dpkg does not know, changed by hand. */
const systems = [
	{
		name: 'sendmail-bin',
		arrange: `printf '\\nO MaxMessageSize=1234\\n' | tee -a /etc/mail/sendmail.cf >>/etc/mail/submit.cf`,
		edited: 'grep -l MaxMessageSize=1234 /etc/mail/sendmail.cf /etc/mail/submit.cf',
	},
	{
		name: 'dma',
		arrange: `printf 'SMARTHOST mail.old.example\\nAUTHPATH /etc/dma/auth.conf\\n' >>/etc/dma/dma.conf; echo 'old|mail.old.example:secret' >>/etc/dma/auth.conf`,
		edited: 'grep -l old.example /etc/dma/dma.conf /etc/dma/auth.conf',
	},
	{
		name: 'nullmailer',
		arrange: `echo 'mail.old.example smtp --user=old --pass=secret' >/etc/nullmailer/remotes`,
		edited: 'grep -l old.example /etc/nullmailer/remotes',
	},
];

describe( 'mail systems that are given back, on a real debian12', () => {
	let remote: Remote;
	afterAll( () => remote.close() );

	test.each( systems )(
		'$name with its configuration as somebody changed it',
		async ( { name, arrange, edited } ) => {
			remote = await connectTo( serverOf( 'debian12' ), AbortSignal.timeout( 900_000 ) );
			await removeIfThere( remote );
			await say(
				remote,
				`apt-get update >/dev/null 2>&1; DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ${ name } >/dev/null 2>&1; ${ arrange }`
			);
			const before = await stateOf( remote );
			const files = await say( remote, edited );
			expect( files ).not.toBe( '' );

			await install( remote );
			const removed = await remove( remote, { jobId: randomUUID(), waitingMail: 'save' }, follower() );

			expect( removed.restored ).toBe( name );
			expect( await say( remote, edited ) ).toBe( files );
			const now = await stateOf( remote );
			expect( {
				gone: before.filter( ( line ) => ! now.includes( line ) ),
				come: now.filter( ( line ) => ! before.includes( line ) ),
			} ).toEqual( { gone: [], come: [] } );
			await say(
				remote,
				`DEBIAN_FRONTEND=noninteractive apt-get purge -y -q --auto-remove ${ name } 'sendmail*' >/dev/null 2>&1; rm -rf /etc/mail`
			);
		}
	);
} );
