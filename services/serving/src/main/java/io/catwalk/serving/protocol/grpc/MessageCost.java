package io.catwalk.serving.protocol.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.catwalk.serving.refusal.RefusedException;

/**
 * An estimate from above of the memory that a message takes once it is parsed, besides its own bytes: a message of one-byte
 * numbers or of empty messages takes many times its length. Strings of bytes cost nothing, as they stay where they are.
 */
final class MessageCost {
    private static final int OBJECT_BYTES = 160;
    private static final int ELEMENT_BYTES = 16;
    /** What a list that grows may take, of what it needs. */
    private static final int GROWTH = 2;

    private final byte[] message;
    private final CodedInputStream in;
    private long cost;

    private MessageCost(byte[] message) {
        this.message = message;
        this.in = CodedInputStream.newInstance(message);
    }

    /** @throws RefusedException with {@code BAD_INPUT} when it isn't such a message */
    static long of(byte[] message, Descriptor type) {
        MessageCost estimate = new MessageCost(message);
        try {
            estimate.add(type);
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(type, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return estimate.cost;
    }

    static RefusedException unreadable(Descriptor type, InvalidProtocolBufferException why) {
        return RefusedException.badInput(
                "the message isn't of the type " + type.getFullName() + ": " + why.getMessage());
    }

    private void add(Descriptor type) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                addUnknown(tag);
            } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                addDelimited(field);
            } else {
                cost += ELEMENT_BYTES;
                in.skipField(tag);
            }
        }
    }

    private void addUnknown(int tag) throws IOException {
        int start = in.getTotalBytesRead();
        in.skipField(tag);
        cost += OBJECT_BYTES + in.getTotalBytesRead() - start;
    }

    private void addDelimited(FieldDescriptor field) throws IOException {
        int length = in.readRawVarint32();
        switch (field.getType()) {
            case MESSAGE -> {
                cost += OBJECT_BYTES;
                int outer = in.pushLimit(length);
                add(field.getMessageType());
                in.popLimit(outer);
            }
            case STRING -> skip(OBJECT_BYTES + (long) GROWTH * length, length);
            case BYTES -> skip(OBJECT_BYTES, length);
            case DOUBLE, FLOAT, FIXED32, FIXED64, SFIXED32, SFIXED64 -> skip(length, length);
            case INT32, UINT32, SINT32, BOOL, ENUM -> skipVarints(Integer.BYTES, length);
            case INT64, UINT64, SINT64 -> skipVarints(Long.BYTES, length);
            case GROUP -> throw new IllegalStateException("no group is declared");
        }
    }

    private void skip(long bytes, int length) throws IOException {
        cost += bytes;
        in.skipRawBytes(length);
    }

    private void skipVarints(int bytesEach, int length) throws IOException {
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length);
        long count = 0;
        for (int index = start; index < start + length; index++) {
            if (message[index] >= 0) {
                count++;
            }
        }
        cost += GROWTH * bytesEach * count;
    }
}
