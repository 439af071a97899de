package routes.replay.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.replay.Json;
import routes.replay.SavantSamples;
import routes.replay.savant.BoundingBox;
import routes.replay.savant.InitialSize;
import routes.replay.savant.NoneFrame;
import routes.replay.savant.Padding;
import routes.replay.savant.generation1.ResultingSize;
import routes.replay.savant.generation1.Scale;
import routes.replay.savant.generation2.Crop;
import routes.replay.savant.generation2.LetterBox;
import routes.replay.savant.generation2.MiscTrackData;
import routes.replay.savant.generation2.MiscTrackFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.replay.SavantSamples.attribute;
import static routes.replay.SavantSamples.decoded;
import static routes.replay.SavantSamples.frame1;
import static routes.replay.SavantSamples.frame2;
import static routes.replay.SavantSamples.message;
import static routes.replay.SavantSamples.object;

class KeyframeJsonTest {

    @Test
    @DisplayName("RP59 RP62 the frame of the test vectors")
    void vector() {
        assertThat(json(SavantSamples.FRAME_VECTOR))
                .isEqualTo(
                        Json.of(
                                """
                {'previous_frame_seq_id': null, 'previous_keyframe': null, 'version': '1.15.1',
                 'uuid': '019b76da-a800-7000-8000-000000000001', 'creation_timestamp_ns': 1767225600000000000,
                 'type': 'VideoFrame', 'source_id': 'cam-1', 'framerate': '25/1', 'width': 640, 'height': 360,
                 'transcoding_method': 'Copy', 'codec': 'h264', 'keyframe': true, 'time_base': [1, 90000],
                 'pts': 3600, 'dts': 3600, 'duration': 3600,
                 'content': {'external': {'method': 'zeromq', 'location': null}},
                 'transformations': [], 'attributes': [], 'objects': []}"""));
    }

    @Test
    @DisplayName("RP59 objects are sorted, hidden attributes left out, transformations tagged")
    void contents() {
        JsonNode json = json(message(frame1().setInternal(ByteString.copyFromUtf8("blob"))
                .setTranscodingMethodValue(1)
                .clearKeyframe()
                .clearDts()
                .setCreationTimestampNsLow(55)
                .setPreviousFrameSeqId(-1)
                .addAttributes(attribute("a", "b", "c"))
                .addAttributes(attribute("a", "hidden", "c").setIsHidden(true))
                .addTransformations(routes.replay.savant.generation1.VideoFrameTransformation.newBuilder()
                        .setInitialSize(InitialSize.newBuilder().setWidth(-1).setHeight(2)))
                .addTransformations(routes.replay.savant.generation1.VideoFrameTransformation.newBuilder()
                        .setScale(Scale.newBuilder().setWidth(3).setHeight(4)))
                .addTransformations(routes.replay.savant.generation1.VideoFrameTransformation.newBuilder()
                        .setPadding(Padding.newBuilder()
                                .setPaddingLeft(1)
                                .setPaddingTop(2)
                                .setPaddingRight(3)
                                .setPaddingBottom(4)))
                .addTransformations(routes.replay.savant.generation1.VideoFrameTransformation.newBuilder()
                        .setResultingSize(ResultingSize.newBuilder().setWidth(7).setHeight(8)))
                .addObjects(object(2)
                        .setParentId(1)
                        .setConfidence(0.9f)
                        .setTrackId(7)
                        .setTrackBox(BoundingBox.newBuilder().setAngle(45)))
                .addObjects(
                        object(1).addAttributes(attribute("a", "hidden", "c").setIsHidden(true)))));

        assertThat(json.get("creation_timestamp_ns")).isEqualTo(Json.of("[55]").get(0));
        assertThat(json.get("content")).isEqualTo(Json.of("{'internal':'<blob-omitted>'}"));
        assertThat(json.get("transcoding_method").textValue()).isEqualTo("Encoded");
        assertThat(json.get("keyframe").isNull()).isTrue();
        assertThat(json.get("dts").isNull()).isTrue();
        assertThat(json.get("previous_frame_seq_id").longValue()).isEqualTo(-1);
        assertThat(json.get("transformations"))
                .hasToString("[{\"InitialSize\":[18446744073709551615,2]},{\"Scale\":[3,4]},"
                        + "{\"Padding\":[1,2,3,4]},{\"ResultingSize\":[7,8]}]");
        assertThat(json.get("attributes").findValuesAsText("name")).containsExactly("b");
        assertThat(json.get("objects").findValuesAsText("id")).containsExactly("1", "2");
        assertThat(json.get("objects").get(1))
                .hasToString(Json.of(
                                """
                {'id':2,'namespace':'detector','label':'person','draw_label':null,
                 'detection_box':{'xc':10.0,'yc':20.0,'width':30.0,'height':40.0,'angle':3.4028235E38,'has_modifications':false},
                 'attributes':[],'confidence':0.9,'parent_id':1,
                 'track_box':{'xc':0.0,'yc':0.0,'width':0.0,'height':0.0,'angle':45.0,'has_modifications':false},
                 'track_id':7,'namespace_id':null,'label_id':null}""")
                        .toString());
        assertThat(json.get("objects").get(0).get("attributes")).isEmpty();
    }

    @Test
    @DisplayName("RP59 RP49 a frame of generation 2 has the same keys, and its tracks")
    void generation2() {
        JsonNode json = json(message(frame2().setNone(NoneFrame.getDefaultInstance())
                .addTransformations(routes.replay.savant.generation2.VideoFrameTransformation.newBuilder()
                        .setLetterBox(LetterBox.newBuilder().setOuterWidth(1).setPaddingBottom(6)))
                .addTransformations(routes.replay.savant.generation2.VideoFrameTransformation.newBuilder()
                        .setCrop(Crop.newBuilder().setLeft(1).setBottom(4)))
                .addMiscTracks(MiscTrackData.newBuilder()
                        .setObjectId(3)
                        .addFrames(MiscTrackFrame.newBuilder().setFrameNum(9)))));

        assertThat(json.get("version").textValue()).isEqualTo("2.1.0");
        assertThat(json.get("codec").textValue()).isEqualTo("hevc");
        assertThat(json.get("framerate").textValue()).isEqualTo("25/1");
        assertThat(json.get("time_base")).isEqualTo(Json.of("[1,90000]"));
        assertThat(json.get("content").isNull()).isTrue();
        assertThat(json.get("transformations")).hasToString("[{\"LetterBox\":[1,0,0,0,0,6]},{\"Crop\":[1,0,0,4]}]");
        assertThat(json.at("/misc_tracks/0/frames/0/frame_num").longValue()).isEqualTo(9);
        json(SavantSamples.FRAME_VECTOR).fieldNames().forEachRemaining(key -> assertThat(json.has(key))
                .isTrue());
    }

    @Test
    void onlyFrames() {
        assertThatThrownBy(() -> json(SavantSamples.END_OF_STREAM_VECTOR)).isInstanceOf(IllegalArgumentException.class);
    }

    /** As a client parses it. */
    private static JsonNode json(ByteString raw) {
        return Json.of(new KeyframeJson().write(decoded(raw)).toString());
    }
}
