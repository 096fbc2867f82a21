import type { ErrorCode } from '@email-gateway/shared';
import type { Fault } from '../fault.ts';
import { mustHold } from '../fault.ts';
import { faultOnServer, mustBeAsBefore } from '../on-a-server.ts';
import { lastWords, sayEnd } from '../gateway.ts';
import { mustSucceed, type Patient } from '../patient.ts';
import { type Lock, atInstall, atRemove } from './locks.ts';

const refuses = async ( patient: Patient, { code, said }: Lock, what: string ) => {
	const ended = await patient.remove( { waitingMail: 'save' } );
	const { error } = ended.job;
	mustHold(
		error?.code === code && error.changed === 'nothing',
		`${ what }: ${ sayEnd( ended ) }${ lastWords( ended ) }`
	);
	mustHold( said.test( lastWords( ended ) ), `It said other words: ${ lastWords( ended ) }` );
	return sayEnd( ended );
};

const removal = ( lock: Lock ): Fault => ( {
	name: lock.name,
	goesWrong: lock.goesWrong,
	isSample: lock.isSample ?? false,
	async run( world ) {
		const patient = await world.freshServer();
		const before = await patient.footprint();
		const password = await patient.provider.newPassword();
		mustSucceed( await patient.install( { password } ), 'The install' );
		await patient.shell( lock.lock );
		const first = await refuses( patient, lock, 'Remove' );
		await patient.arrives( await patient.send() );
		await refuses( patient, lock, 'Remove, pressed again' );
		await patient.shell( lock.unlock );
		await patient.arrives( await patient.send() );
		mustSucceed( await patient.remove( { waitingMail: 'save' } ), 'The removal after the cure' );
		mustBeAsBefore( before, await patient.footprint(), 'the removal' );
		await patient.keepsSecret( password );
		return `${ first }, twice; mail went on meanwhile; then, put right, removed`;
	},
} );

/** Another mail system was put in by hand over the gateway: Reinstall takes it over, and Remove gives it back. */
const putInByHand: Fault = {
	name: 'exim4_put_in_by_hand',
	goesWrong: 'exim4 is installed by hand over the gateway; then Reinstall, then Remove',
	async run( world ) {
		const patient = await world.freshServer();
		const password = await patient.provider.newPassword();
		mustSucceed( await patient.install( { password } ), 'The install' );
		await patient.shell( 'DEBIAN_FRONTEND=noninteractive apt-get -qq -y install exim4-daemon-light >/dev/null' );
		mustSucceed( await patient.install( { password } ), 'The reinstall' );
		await patient.arrives( await patient.send() );
		mustSucceed( await patient.remove( { waitingMail: 'save' } ), 'The removal' );
		await patient.keepsSecret( password );
		const owner = await patient.shell( 'dpkg -S $(readlink -f /usr/sbin/sendmail)' );
		mustHold( owner.startsWith( 'exim4-daemon-light:' ), `Afterwards sendmail was of ${ owner }` );
		return 'reinstalled over it, mail arrives; removed, exim4 is there again';
	},
};

const heldMail: Fault = {
	name: 'mail_held',
	goesWrong: 'All waiting mail was put on hold by hand (postsuper -h), then Remove',
	async run( world ) {
		const patient = await world.freshServer();
		const password = await patient.provider.newPassword();
		mustSucceed( await patient.install( { password } ), 'The install' );
		await patient.shell( 'postconf -e defer_transports=smtp && postfix reload' );
		const subject = await patient.send();
		await patient.shell( 'sleep 2; postsuper -h ALL; postconf -X defer_transports && postfix reload' );
		const ended = await patient.remove();
		const { error } = ended.job;
		mustHold(
			error?.code === 'mail_waiting' && error.detail.held === 1,
			`Remove: ${ sayEnd( ended ) }${ lastWords( ended ) }`
		);
		await patient.shell( 'postsuper -H ALL; postqueue -f' );
		await patient.arrives( subject );
		mustSucceed( await patient.remove(), 'The removal' );
		return `${ sayEnd( ended ) }, 1 held; let go, it arrived, and the gateway was removed`;
	},
};

const changedAsExpected = ( code: ErrorCode ) =>
	code === 'state_folder_foreign' || code === 'disk_full' ? 'nothing' : 'undone';

export const deadEndFaults: Fault[] = [
	...atInstall.map( ( { name, goesWrong, lock, unlock, code, said } ) =>
		faultOnServer( {
			name,
			goesWrong,
			arrange: async ( { shell } ) => void ( await shell( lock ) ),
			expect: { code, changed: changedAsExpected( code ), said },
			heal: async ( { shell } ) => void ( await shell( unlock ) ),
		} )
	),
	faultOnServer( {
		name: 'unit_masked',
		goesWrong: 'The service of Postfix is masked',
		arrange: async ( { shell } ) => void ( await shell( 'systemctl mask postfix postfix@- 2>/dev/null' ) ),
		expect: 'installed',
		async afterwards( { shell } ) {
			const unit = await shell( 'readlink /etc/systemd/system/postfix.service' );
			mustHold( unit === '/dev/null\n', 'It was not masked again.' );
			return 'unmasked, and masked again by Remove';
		},
	} ),
	...atRemove.map( removal ),
	putInByHand,
	heldMail,
];
