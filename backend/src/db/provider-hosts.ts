import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** Where a watched server hands its mail to. */
export interface ProviderHost {
	/** Id of the server's row. */
	server: string;
	siteId: string;
	host: string;
	port: number;
}

export async function providerHosts( db: Db ): Promise< ProviderHost[] > {
	const { rows } = await sql< ProviderHost >`
		select s.id as server, s.site_id, v.settings->>'smtpServer' as host, (v.settings->>'smtpPort')::integer as port
		from watches w join servers s on s.id = w.server
		join settings v on v.site_id = s.site_id and v.server_id = s.server_id and v.version = s.installed_version
	`.execute( db );
	return rows;
}
