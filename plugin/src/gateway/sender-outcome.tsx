import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { DnsRecord, SenderCheck } from '@email-gateway/shared';
import { CheckedTable } from '../ui/checked-table.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { RawText } from '../ui/raw-text.tsx';
import { senderRows, senderVerdict } from '../words/sender.ts';

/** What receivers will make of the Sending Domain, and the exact records to add. */
export function SenderOutcome( { sender }: { sender: SenderCheck } ) {
	const { seen, good } = senderVerdict( sender );
	const rows = senderRows( sender );
	return (
		<>
			<Notice status={ good === null ? 'info' : good ? 'success' : 'warning' } isDismissible={ false }>
				{ seen }
			</Notice>
			{ rows.length > 0 && (
				<CheckedTable
					caption={ __( 'What receivers will make of the Sending Domain', 'email-gateway' ) }
					rows={ rows }
				/>
			) }
			{ sender.toAdd.length > 0 && (
				<>
					<p>
						<strong>{ __( 'Go to where the domain’s DNS is managed.', 'email-gateway' ) }</strong>
					</p>
					<ul className="email-gateway-records">
						{ sender.toAdd.map( ( record ) => (
							<li key={ `${ record.type } ${ record.name }` }>
								<RecordToAdd record={ record } />
							</li>
						) ) }
					</ul>
				</>
			) }
		</>
	);
}

function RecordToAdd( { record: { type, name, value, replaces } }: { record: DnsRecord } ) {
	return (
		<>
			<p>
				{ replaces === null
					? __( 'Add this record.', 'email-gateway' )
					: __( 'Replace the existing record with this one.', 'email-gateway' ) }{ ' ' }
				<code>{ type }</code> <code>{ name }</code>
			</p>
			<CopyLine label={ name } line={ value } rows={ value.length > 30 ? 2 : 1 } />
			{ replaces !== null && (
				<Disclosure summary={ __( 'What is there now', 'email-gateway' ) }>
					<RawText label={ __( 'What is there now', 'email-gateway' ) }>{ replaces }</RawText>
				</Disclosure>
			) }
		</>
	);
}
