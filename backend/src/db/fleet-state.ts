import { sql } from 'kysely';

// What watch/gateway-state.ts makes of one server, for the database, which makes it of ten thousand: fleet.test.ts holds
// that both say the same. Of `s` servers, `w` watches, `j` the live job that counts.

const mail = sql`nullif(s.last_look->'mail', 'null'::jsonb)`;
const lookAt = sql`coalesce(s.last_look->>'at', '') collate "C"`;
const testAt = sql`coalesce(s.last_test->>'at', '') collate "C"`;
const isTestNewer = sql`(${ testAt } > ${ lookAt })`;
const outcome = sql`(s.last_test->>'outcome')`;
const isFilled = ( list: string ) =>
	sql`coalesce(${ mail }->${ sql.lit( list ) }, '[]'::jsonb) not in ('[]'::jsonb, 'null'::jsonb)`;

// conditionOfWaiting of gateway/observation.ts
const isRefused = sql`coalesce(${ mail }->'reasons'->0->>'passes' = 'false'
	and ${ mail }->'reasons'->0->>'whose' in ('login', 'account', 'sender'), false)`;

const condition = sql`case
	when ${ mail } is null then 'right'
	when ${ mail }->>'running' <> 'true' then 'stopped'
	when ${ mail }->>'enabled' <> 'true' or ${ isFilled( 'open' ) } or ${ isFilled( 'differs' ) } then 'differs'
	else 'right' end`;

const ofTest = sql`case ${ outcome }
	when 'accepted' then 'working' when 'waiting' then 'waiting' when 'refused' then 'refused'
	when 'elsewhere' then 'differs' else 'installed' end`;

const seenOfMail = sql`case
	when ${ condition } = 'differs' then 'differs'
	when ${ condition } = 'stopped' and not (${ isTestNewer } and coalesce(${ outcome } = 'accepted', false)) then 'stopped'
	when jsonb_path_exists(${ mail }, '$.room[*] ? (@.lacks != null)') then 'disk_low'
	when ${ mail } is not null and not ${ isTestNewer } and coalesce((${ mail }->>'stuck')::integer, 0) > 0
		then case when ${ isRefused } then 'refused' else 'waiting' end
	when ${ mail } is not null and not ${ isTestNewer } and ${ outcome } = 'waiting' then 'working'
	when ${ mail } is not null and not ${ isTestNewer } and ${ outcome } = 'elsewhere' then 'installed'
	else ${ ofTest } end`;

const seen = sql`(
	select case when m.state in ('working', 'installed') and coalesce(${ mail }->'clock'->>'isWrong', '') = 'true'
		then 'clock_wrong' else m.state end
	from (select ${ seenOfMail } as state) m
)`;

/**
 * @param knownSince what was seen before is not known any more
 * @param isJobShown of `j`: whether this person may know of it
 */
export const stateInSql = ( knownSince: Date, isJobShown: ReturnType< typeof sql > ) => sql< string >`case
	when j.verb = 'install_gateway' and ${ isJobShown } then 'installing'
	when j.verb = 'remove_gateway' and ${ isJobShown } then 'removing'
	when coalesce(s.host_key->>'state', '') <> 'trusted' then 'not_connected'
	when s.unfinished then 'unfinished'
	when s.installed_version is null and s.last_look->>'gateway' = 'ours' then 'installed'
	when s.installed_version is null then 'not_installed'
	when w.state in ('unreachable', 'replaced') then w.state
	when greatest(${ lookAt }, ${ testAt }) >= ${ knownSince.toISOString() } then ${ seen }
	when ${ seen } in ('stopped', 'differs') then ${ seen }
	else 'not_checked' end`;

/** Whether an alert of the server is open that this person is told: one of a backup is for who manages the site. */
export const alertOpenInSql = ( managesSite: boolean ) => sql< boolean >`exists (
	select 1 from incidents i where i.server = s.id and i.ended_at is null
	and (${ managesSite }::boolean or i.kind <> 'on_backup')
)`;

/** As servers/gateway-there.ts. */
export const hasGatewayInSql = sql< boolean >`coalesce(
	s.installed_version is not null or s.unfinished or s.last_look->>'gateway' = 'ours'
	or j.verb in ('install_gateway', 'remove_gateway'), false)`;
