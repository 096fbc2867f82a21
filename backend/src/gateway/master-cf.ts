/** One service of master.cf that must be as told; everything else in the file is left alone. */
export interface MasterService {
	/** As `postconf -M` takes it. */
	name: `${ string }/${ 'unix' | 'unix-dgram' | 'inet' }`;
	/** Exactly this whole entry where it is absent. */
	entry: string;
	/** Columns that must hold in an existing entry: `chroot` is the fifth. */
	chroot: 'n' | null;
	why: string;
}

export const masterServices: readonly MasterService[] = [
	{
		name: 'smtp/unix',
		entry: 'smtp unix - - n - - smtp',
		chroot: 'n',
		why: 'in the jail a stale resolv.conf or CA bundle would defer everything',
	},
	{
		name: 'relay/unix',
		entry: 'relay unix - - n - - smtp',
		chroot: 'n',
		why: 'the same program as smtp',
	},
	{
		name: 'tlsproxy/unix',
		entry: 'tlsproxy unix - - n - 0 tlsproxy',
		chroot: 'n',
		why: 'connection reuse without it stops all mail',
	},
	{
		name: 'postlog/unix-dgram',
		entry: 'postlog unix-dgram n - n - 1 postlogd',
		chroot: null,
		why: 'writes maillog_file',
	},
];

/**
 * Whether a service is as desired, read from the lines of `postconf -M` (which exits 0 for an absent one, so the
 * lines themselves are searched).
 */
export function isServiceRight( { name, chroot }: MasterService, lines: readonly string[] ): boolean {
	const [ service, type ] = name.split( '/' );
	const columns = lines
		.map( ( line ) => line.trim().split( /\s+/ ) )
		.find( ( found ) => found[ 0 ] === service && found[ 1 ] === type );
	if ( ! columns ) {
		return false;
	}
	return chroot === null || columns[ 4 ] === chroot;
}
