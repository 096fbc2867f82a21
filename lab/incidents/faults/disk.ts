import type { IncidentFault } from '../fault.ts';

/** Postfix is stopped for the moment that it takes to carry its files over. */
const onSmallDisk = ( folder: string ) => `set -e
mkdir -p /run/lab-disk
mount -t tmpfs -o size=120m,mode=755 lab-disk /run/lab-disk
cp -a ${ folder }/. /run/lab-disk/
systemctl stop postfix
cp -a ${ folder }/. /run/lab-disk/
mount --bind /run/lab-disk ${ folder }
systemctl start postfix`;

/** What came meanwhile is kept, as where a disk is made larger. Lazily: a look may read there just now. */
const onItsOwnAgain = ( folder: string ) => `set -e
rm -f ${ folder }/lab-filler
systemctl stop postfix
umount -l ${ folder }
cp -a /run/lab-disk/. ${ folder }/
umount -l /run/lab-disk
systemctl start postfix`;

const disk = ( {
	folder,
	fillMb,
	...named
}: Pick< IncidentFault, 'name' | 'what' > & { folder: string; fillMb: number } ): IncidentFault => ( {
	...named,
	expected: [ 'disk_low' ],
	begin: async ( { shell } ) =>
		void ( await shell( `${ onSmallDisk( folder ) }\nhead -c ${ fillMb }M /dev/zero >${ folder }/lab-filler` ) ),
	heal: async ( { shell } ) => void ( await shell( onItsOwnAgain( folder ) ) ),
} );

/** A file system of 120 MB lies over a folder of the server: the machine that the lab runs on is not filled. */
export const diskFaults: readonly IncidentFault[] = [
	disk( {
		name: 'spool_nearly_full',
		what: 'The file system of the queue has so little left that Postfix takes no mail by SMTP',
		...{ folder: '/var/spool/postfix', fillMb: 85 },
	} ),
	disk( {
		name: 'log_nearly_full',
		what: 'The file system of the mail log is nearly full',
		...{ folder: '/var/log/email-gateway', fillMb: 112 },
	} ),
];
