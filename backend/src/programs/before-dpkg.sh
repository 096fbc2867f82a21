#!/bin/sh
# Run by apt between the download and dpkg: keeps on disk what undo needs of what dpkg is about to do, or ends apt here.
# Argument: the folder of the job. Standard input (DPkg::Pre-Install-Pkgs, version 2): apt's configuration, an empty
# line, then one line for each step of dpkg: `name old-version < new-version FILE|**CONFIGURE**|**REMOVE**`, with `-` for
# a version that is not there. Should apt work in several passes, each is added.
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
here=$1
undo=/var/lib/email-gateway/undo
steps=/run/email-gateway/steps

: >/run/email-gateway/fetched || exit 1
[ ! -e "$here/cancel" ] || exit 1
IFS= read -r version || exit 1
# another version would be read as if nothing was added
[ "$version" = 'VERSION 2' ] || exit 1
sed '1,/^$/d' >$steps && [ -s $steps ] || exit 1

awk '$2 == "-" && $5 ~ /^\// { print $1 }' $steps | while IFS= read -r name; do
	echo "$name $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || echo not-installed)" || exit 1
done >>$undo/added || exit 1
removed=$(awk '$5 == "**REMOVE**" { print $1 }' $steps)
if [ -n "$removed" ]; then
	manual=$(apt-mark showmanual) || exit 1
	for name in $removed; do
		if echo "$manual" | grep -qxF "$name"; then echo "$name manual"; else echo "$name auto"; fi || exit 1
	done >>$undo/removed || exit 1
fi
sync $undo/added $undo/removed
