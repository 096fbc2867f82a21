import { freezeAt } from '../freeze.ts';
import { faultOnServer } from '../on-a-server.ts';
import type { Patient } from '../patient.ts';

/** /var on a disk of its own with so much room left; the real one stays below it. */
const smallVar = ( freeMiB: number ) => `mkdir -p /mnt/var
mount -t tmpfs -o mode=755,size=$(($(du -sxm /var | cut -f 1) + ${ freeMiB }))m tmpfs /mnt/var
cp -a /var/. /mnt/var/
mount --bind /mnt/var /var`;

const fill = `dd if=/dev/zero of=/var/filler bs=64k 2>/dev/null
dd if=/dev/zero of=/var/filler.rest bs=4k 2>/dev/null; true`;
const free = async ( { shell }: Patient ) =>
	void ( await shell( 'rm -f /var/filler*; mount -o remount,size=2g /var' ) );

/** Leaves nothing, not a byte, while the run stands at a step. */
const fullAt =
	( step: string ) =>
	async ( { server, shell }: Patient ) => {
		const run = await freezeAt( server, { step } );
		await shell( fill );
		await run.thaw();
	};

export const diskFaults = [
	faultOnServer( {
		name: 'disk_almost_full',
		goesWrong: 'The disk has 60 MiB left, less than the packages need',
		arrange: async ( { shell } ) => void ( await shell( smallVar( 60 ) ) ),
		expect: { code: 'disk_full', changed: 'nothing' },
		heal: free,
	} ),
	...[ 'packages', 'configuration', 'verify' ].map( ( step ) =>
		faultOnServer( {
			name: `disk_full_at_${ step }`,
			goesWrong: `The disk fills up, to the last byte, while an install is at ${ step }`,
			arrange: async ( { shell } ) => void ( await shell( smallVar( 400 ) ) ),
			meanwhile: fullAt( step ),
			expect: { code: 'disk_full', changed: 'undone' },
			heal: free,
		} )
	),
];
