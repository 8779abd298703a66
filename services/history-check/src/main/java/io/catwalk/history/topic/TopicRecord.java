package io.catwalk.history.topic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.catwalk.history.spill.Spill;

/**
 * What the check keeps of a record.
 *
 * @param unit what it belongs to: the journal that its id names, the job that it requests or cancels, or its topic, as {@code runs/r1}
 * @param id the event's; of a record that isn't an event, empty
 * @param number of the entry that the id names; 0 where it names none
 * @param topic without the installation's prefix
 * @param timestamp in milliseconds, as the broker has it
 */
public record TopicRecord(
        String unit,
        String id,
        long number,
        String topic,
        int partition,
        long offset,
        long timestamp,
        Fingerprint fingerprint) {

    /** As {@code training-completed-2@17}. */
    public String place() {
        return topic + "-" + partition + "@" + offset;
    }

    /** For {@link Spill}. */
    static final class Codec implements Spill.Codec<TopicRecord> {
        @Override
        public void write(TopicRecord value, DataOutput out) throws IOException {
            out.writeUTF(value.unit);
            out.writeUTF(value.id);
            out.writeLong(value.number);
            out.writeUTF(value.topic);
            out.writeInt(value.partition);
            out.writeLong(value.offset);
            out.writeLong(value.timestamp);
            out.writeLong(value.fingerprint.high());
            out.writeLong(value.fingerprint.low());
        }

        @Override
        public TopicRecord read(DataInput in) throws IOException {
            return new TopicRecord(
                    in.readUTF(),
                    in.readUTF(),
                    in.readLong(),
                    in.readUTF(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    new Fingerprint(in.readLong(), in.readLong()));
        }
    }
}
