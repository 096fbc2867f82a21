import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPath, labPath } from '../../system/paths.ts';
import { run } from '../../system/run.ts';
import { mustHold, type Fault } from '../fault.ts';
import { mustBeAsBefore } from '../on-a-server.ts';
import { mustSucceed } from '../patient.ts';

/** The backend of the first release in a folder of its own, out of the history of this clone. Returns the folder. */
async function unpackFirstRelease(): Promise< string > {
	const folder = join( labPath, 'first-release' );
	rmSync( folder, { recursive: true, force: true } );
	mkdirSync( join( folder, 'node_modules/@email-gateway' ), { recursive: true } );
	// its own contract; packages of others are found further up
	symlinkSync( '../../shared', join( folder, 'node_modules/@email-gateway/shared' ) );
	const first = ( await run( [ 'git', 'rev-list', '--max-parents=0', 'HEAD' ], { cwd: checkoutPath } ) ).trim();
	const archive = join( folder, 'release.tar' );
	await run( [ 'git', 'archive', '-o', archive, first, 'backend', 'shared', 'package.json' ], { cwd: checkoutPath } );
	await run( [ 'tar', '-xf', archive, '-C', folder ] );
	return folder;
}

/** What its worker does for an install; standard input: server, settings, password. */
const program = `
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { connectTo } from './backend/src/ssh/test-servers.ts';
import { desire } from './backend/src/gateway/desired.ts';
import { plan } from './backend/src/gateway/plan.ts';
import { apply } from './backend/src/target/apply.ts';
import { look } from './backend/src/target/look.ts';
import { Secret } from './backend/src/vault/secret.ts';
const { server, settings, password } = JSON.parse( await text( process.stdin ) );
const remote = await connectTo( server );
const facts = await look( remote, { signal: AbortSignal.timeout( 60_000 ) } );
const site = { id: 'site-of-the-first-release', url: 'https://site.example.com', serverId: 7 };
const desired = desire( { settings, password: new Secret( password ), rootMail: 'admin@example.com', site }, facts );
const follow = { signal: AbortSignal.timeout( 280_000 ), cancel: new AbortController().signal, onStep: () => {} };
await apply( remote, { jobId: randomUUID(), desired, plan: plan( facts, desired ) }, follow );
remote.close();`;

/** Installed by it, worked on by today's: another backend, so that taking it over is agreed to. */
const firstRelease: Fault = {
	name: 'first_release_on_server',
	goesWrong:
		'The gateway on the server was installed by the programs of the first release; then Reinstall, then Remove',
	async run( world ) {
		const patient = await world.freshServer();
		const { server, provider } = patient;
		const before = await patient.footprint();
		const [ former, password ] = [ await provider.newPassword(), await provider.newPassword() ];
		await provider.setPassword( former );
		const settings = {
			...{ smtpServer: provider.host, smtpPort: 587, userName: provider.user, sendingDomain: 'example.com' },
			...{ note: '', serverHostname: null, rootMail: null, caCertificate: null },
		};
		await run( [ process.execPath, '--input-type=module', '-e', program ], {
			cwd: await unpackFirstRelease(),
			input: JSON.stringify( { server, settings, password: former } ),
			signal: AbortSignal.any( [ world.signal, AbortSignal.timeout( 300_000 ) ] ),
		} );
		await patient.arrives( await patient.send() );
		await provider.setPassword( password );
		const waits = await patient.send();
		const again = await patient.install( { password, consents: [ 'adopt_from_another_site' ] } );
		mustSucceed( again, 'Reinstall' );
		await patient.arrives( waits );
		const { job } = await patient.install( {} );
		mustHold(
			job.result?.verb === 'install_gateway' && job.result.alreadyRight,
			'A second Reinstall found something to do.'
		);
		await patient.arrives( await patient.send() );
		await patient.keepsSecret( former );
		await patient.keepsSecret( password );
		mustSucceed( await patient.remove(), 'The removal' );
		mustBeAsBefore( before, await patient.footprint(), 'the removal' );
		return 'Reinstall made it today’s, what waited arrived once; Remove restored what was there before the first install';
	},
};

export const firstReleaseFaults = [ firstRelease ];
