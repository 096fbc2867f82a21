import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
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

/** sendmail writes the date of its installation into that file; how wide `ss` makes its columns is no matter. */
const kept = ( lines: string[] ) =>
	lines
		.filter( ( line ) => ! line.endsWith( ' /etc/cron.d/sendmail' ) )
		.map( ( line ) => line.replace( / +/g, ' ' ) );

/** Lines of the server's state that came or went; a daemon that was just started is given 30 seconds to listen. */
async function changesSince( remote: Remote, before: string[] ): Promise< string[] > {
	for ( let left = 30; ; left-- ) {
		const [ then, now ] = [ kept( before ), kept( await stateOf( remote ) ) ];
		const changes = [
			...then.filter( ( line ) => ! now.includes( line ) ).map( ( line ) => `- ${ line }` ),
			...now.filter( ( line ) => ! then.includes( line ) ).map( ( line ) => `+ ${ line }` ),
		];
		if ( changes.length === 0 || left === 0 ) {
			return changes;
		}
		await setTimeout( 1_000 );
	}
}

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
			expect( await changesSince( remote, before ) ).toEqual( [] );
			await say(
				remote,
				`DEBIAN_FRONTEND=noninteractive apt-get purge -y -q --auto-remove ${ name } 'sendmail*' >/dev/null 2>&1; rm -rf /etc/mail`
			);
		}
	);
} );
