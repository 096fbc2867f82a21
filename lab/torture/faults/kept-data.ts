import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkoutPath } from '../../system/paths.ts';
import { run } from '../../system/run.ts';
import type { Backend } from '../backends.ts';
import { mustHold, type Fault } from '../fault.ts';
import { freezeAt } from '../freeze.ts';
import { mustSucceed, type Patient } from '../patient.ts';

interface DataFault extends Pick< Fault, 'name' | 'goesWrong' > {
	/** With a gateway installed by this backend; words for the table. */
	strike( patient: Patient, backend: Backend & { dataFolder: string } ): Promise< string >;
}

/** The embedded database is a folder that nobody may look into while the backend runs. */
async function whileStopped( backend: Backend, act: () => Promise< void > | void ): Promise< void > {
	await backend.kill();
	await act();
	await backend.start();
}

const dataFaults: DataFault[] = [
	{
		name: 'snapshot_restored',
		goesWrong: 'The embedded database is gone, and a snapshot of it is restored',
		async strike( patient, backend ) {
			const folder = join( backend.dataFolder, 'snapshots' );
			const taken = () =>
				readdirSync( folder )
					.filter( ( name ) => name.endsWith( '.tar.gz' ) )
					.sort()
					.at( -1 ) ?? '';
			const old = taken();
			for ( let waited = 0; taken() === old && waited < 90; waited++ ) {
				await pause( 1000 );
			}
			mustHold( taken() !== old, 'No snapshot was taken within 90 s.' );
			// known to nobody afterwards: made by a job that came after the snapshot
			mustSucceed( await patient.install( { smtpPort: 2525 } ), 'The change after the snapshot' );
			await whileStopped( backend, () => {
				renameSync(
					join( backend.dataFolder, 'database' ),
					join( backend.dataFolder, `database.${ Date.now() }` )
				);
				renameSync( join( folder, taken() ), join( backend.dataFolder, 'restore.tar.gz' ) );
			} );
			mustSucceed( await patient.install( {} ), 'The install after the restore' );
			return 'the server had meanwhile been changed, which was seen and set right';
		},
	},
	{
		name: 'master_key_rotated',
		goesWrong: 'The master key is changed while an install runs',
		async strike( { server, gateway, provider }, backend ) {
			const standing = freezeAt( server, { step: 'configuration' } );
			const [ jobId, frozen ] = await Promise.all( [
				gateway.beginInstall( { password: await provider.newPassword() } ),
				standing,
			] );
			const older = readFileSync( backend.keyFile, 'utf8' );
			const newer = `${ randomBytes( 32 ).toString( 'base64' ) }\n`;
			await whileStopped( backend, () => writeFileSync( backend.keyFile, newer + older, { mode: 0o600 } ) );
			await frozen.thaw();
			mustSucceed( await gateway.ended( jobId ), 'The install during it' );
			const resealed = Number( await backend.command( 'reseal' ) );
			mustHold( resealed > 0, 'No secret was resealed.' );
			await whileStopped( backend, () => writeFileSync( backend.keyFile, newer, { mode: 0o600 } ) );
			return `the install went on to its end; ${ resealed } secrets resealed, the old key thrown away`;
		},
	},
	{
		name: 'previous_release',
		goesWrong: 'The database is one of the release before, with data in it',
		async strike( _patient, backend ) {
			const place = join( backend.dataFolder, 'database' );
			const newest = `${ place }.${ Date.now() }`;
			const { keyFile } = backend;
			await whileStopped( backend, async () => {
				renameSync( place, newest );
				mkdirSync( place, { mode: 0o700 } );
				await run( [ process.execPath, 'backend/test-fixtures/make-previous.ts', newest, place, keyFile ], {
					cwd: checkoutPath,
				} );
				// as operating.md says for a database that is put back on purpose
				rmSync( join( backend.dataFolder, 'database-has-proofs' ), { force: true } );
			} );
			return 'brought up to date with everything in it';
		},
	},
];

/** After each: what was saved opens, the gateway is known as it is, and a site's mail arrives. */
export const keptDataFaults: Fault[] = dataFaults.map( ( { name, goesWrong, strike } ) => ( {
	name,
	goesWrong,
	async run( world ) {
		const backend = await world.embedded();
		const { dataFolder } = backend;
		mustHold( dataFolder !== null, 'This is not the embedded database.' );
		const patient = await world.freshServer( { backend } );
		mustSucceed( await patient.install( { password: await patient.provider.newPassword() } ), 'The install' );
		const said = await strike( patient, { ...backend, dataFolder } );
		const again = await patient.install( {} );
		mustSucceed( again, 'The same install with the saved password' );
		mustHold(
			again.job.result?.verb === 'install_gateway' && again.job.result.alreadyRight,
			'The gateway was not known as it is.'
		);
		await patient.arrives( await patient.send() );
		return `${ said }; the saved password opens, the gateway is known as it is`;
	},
} ) );
