package io.catwalk.serving.protocol.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

/** Parses a method's request messages. */
final class MessageParser<Q extends Message> {
    private final Descriptor type;
    private final Parser<Q> parser;

    private MessageParser(Descriptor type, Parser<Q> parser) {
        this.type = type;
        this.parser = parser;
    }

    static <Q extends Message> MessageParser<Q> of(MethodDescriptor<Q, ?> method) {
        Q prototype = ((PrototypeMarshaller<Q>) method.getRequestMarshaller()).getMessagePrototype();
        @SuppressWarnings("unchecked") // A message's parser gives messages of its own type.
        Parser<Q> parser = (Parser<Q>) prototype.getParserForType();
        return new MessageParser<>(prototype.getDescriptorForType(), parser);
    }

    /** As {@link MessageCost#of}. */
    long cost(byte[] message) {
        return MessageCost.of(message, type);
    }

    /**
     * Parses a message, whose strings of bytes are then part of the array.
     *
     * @throws RefusedException with {@code BAD_INPUT} when it isn't such a message
     */
    Q parse(byte[] message) {
        CodedInputStream in = CodedInputStream.newInstance(message);
        in.enableAliasing(true);
        try {
            return parser.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw MessageCost.unreadable(type, e);
        }
    }
}
