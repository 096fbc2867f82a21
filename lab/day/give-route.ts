import type { Backend } from '../torture/backends.ts';
import type { Gateway } from '../torture/gateway.ts';
import { mustHold } from '../torture/fault.ts';
import { mustSucceed } from '../torture/patient.ts';
import { controlProvider } from '../torture/provider-control.ts';
import type { LabSite } from '../sites/site.ts';
import type { LabProvider } from '../state.ts';

interface Place {
	backend: Backend;
	gateway: Gateway;
	provider: LabProvider;
	serverId: number;
	/** Runs a script as root. */
	shell( script: string ): Promise< string >;
}

/** Gives a site an account of its own at the provider, and a route by it. Returns the account’s user name. */
export async function giveRoute( { backend, gateway, provider, serverId, shell }: Place, site: LabSite ) {
	const userName = `${ site.unixUser }@provider.example`;
	const password = await controlProvider( { ...provider, user: userName } ).newPassword();
	const uid = Number( await shell( `id -u ${ site.unixUser }` ) );
	// the site was made after the last look
	const checked = await backend.site.call( 'checkConnection', { serverId } );
	mustHold( checked.status === 202, `The server is not looked at: ${ JSON.stringify( checked.body ) }` );
	mustSucceed( await gateway.ended( checked.body.jobId ), 'The look' );
	const account = { use: 'typed', smtpServer: provider.host, smtpPort: 587, userName, password } as const;
	const { status, body: answer } = await backend.site.call( 'setRoute', {
		serverId,
		body: { uid, senders: [ site.domain ], sendAs: null, account },
	} );
	mustHold( status === 202, `The route is not set: ${ JSON.stringify( answer ) }` );
	mustSucceed( await gateway.ended( answer.jobId ), 'The route' );
	return userName;
}
