import type { Fault } from '../fault.ts';
import { mustBeAsBefore, mustFail } from '../on-a-server.ts';
import { mustSucceed } from '../patient.ts';
import { sayEnd } from '../gateway.ts';

interface Unwritable extends Pick< Fault, 'name' | 'goesWrong' | 'isSample' > {
	lock: string;
	unlock: string;
}

const cases: Unwritable[] = [
	{
		name: 'postfix_folder_read_only',
		goesWrong: '/etc/postfix is read-only when the password is changed',
		lock: 'mount --bind /etc/postfix /etc/postfix && mount -o remount,ro,bind /etc/postfix',
		unlock: 'umount /etc/postfix',
	},
	{
		name: 'main_cf_immutable',
		isSample: true,
		goesWrong: '/etc/postfix/main.cf cannot be replaced when the password is changed, as an immutable file',
		// what chattr does needs a file system below that has it; a file that is a mount refuses the same rename
		lock: 'mount --bind /etc/postfix/main.cf /etc/postfix/main.cf && mount -o remount,ro,bind /etc/postfix/main.cf',
		unlock: 'umount /etc/postfix/main.cf',
	},
];

/** The gateway that is there goes on working as it was; after the cure the change goes through. */
export const unwritableFaults: Fault[] = cases.map( ( { lock, unlock, ...named } ) => ( {
	...named,
	async run( world ) {
		const patient = await world.freshServer();
		const { provider, shell } = patient;
		const password = await provider.newPassword();
		mustSucceed( await patient.install( { password } ), 'The install' );
		const before = await patient.footprint();
		await shell( lock );
		// another port: the password stays right at the provider, whichever configuration is in force
		const refused = await patient.install( { smtpPort: 465 } );
		mustFail( refused, { code: 'files_not_writable', changed: 'undone' } );
		mustBeAsBefore( before, await patient.footprint(), sayEnd( refused ) );
		await patient.arrives( await patient.send() );
		await shell( unlock );
		const after = mustSucceed( await patient.install( { smtpPort: 465 } ), 'The install after the cure' );
		await patient.arrives( await patient.send() );
		await patient.keepsSecret( password );
		return `${ sayEnd( refused ) }; mail went on meanwhile; then, put right, ${ after }`;
	},
} ) );
