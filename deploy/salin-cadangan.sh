#!/bin/sh
# Copies the backups of BACKUP_DIR to another place (COPY_TO, a folder or a remote of rclone), and
# removes there what is older than 35 days; for cron, once a day. See docs/cadangan.md. Nothing is
# removed while no good backup has come for three days: the copy may then be the last one there is.
set -eu
: "${BACKUP_DIR:?is not set}" "${COPY_TO:?is not set, for example COPY_TO=lemari:cadangan}"

rclone copy --include 'dampingi-*.age' "$BACKUP_DIR" "$COPY_TO"

fresh=$(find "$BACKUP_DIR" -name 'dampingi-*[+-][0-9][0-9][0-9][0-9].age' -mtime -3)
if [ -z "$fresh" ]; then
	echo "Tidak ada cadangan baru selama tiga hari di $BACKUP_DIR; salinan lama tidak dihapus. Periksa bot." >&2
	exit 1
fi
rclone delete --include 'dampingi-*.age' --min-age 35d "$COPY_TO"
