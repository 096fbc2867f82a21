# shellcheck shell=sh disable=SC2154
# Tells a piece of the mail log. Standard input: one line, `DIGEST AFTER MOST` of mail_log_piece. Changes nothing.
main() {
	IFS=' ' read -r log_digest log_after log_most || exit 64
	mail_log_piece "$log_digest" "$log_after" "$log_most"
	echo end
}
main
