-- Pictures and files that stand in a chat: they are taken out earlier than what else is there.

-- +goose Up
ALTER TABLE trace ADD COLUMN attached INTEGER NOT NULL DEFAULT 0;
